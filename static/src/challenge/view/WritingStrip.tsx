// Stays above the form while one writes: whether all is saved, and who else is here.

import type { JSX } from "preact";
import { formatSince, t } from "../../i18n";
import { Avatar, Icon, Name } from "../../room/view/marks";
import type { ChallengeModel } from "../model";

export function WritingStrip({ challenge }: { challenge: ChallengeModel }): JSX.Element {
  return (
    <div class="writing-strip">
      <Saved challenge={challenge} />
      <Here challenge={challenge} />
    </div>
  );
}

function Saved({ challenge }: { challenge: ChallengeModel }): JSX.Element {
  const { isStuck, isUnsaved } = challenge.desk;
  const [kind, icon, words] = isStuck.value
    ? ["alarm", "circle-alert", t("Not everything is saved. Look at the marked fields.")]
    : isUnsaved.value
      ? ["", "refresh-cw", t("Saving…")]
      : ["done", "check", savedWords(challenge.savedAt.value)];
  return (
    <p role="status">
      <span class={`badge ${kind}`}>
        <Icon name={icon} />
        {words}
      </span>
    </p>
  );
}

function savedWords(at: string | null): string {
  return at === null ? t("Saved. Every change is saved at once.") : t("Saved {time}", { time: formatSince(at) });
}

function Here({ challenge }: { challenge: ChallengeModel }): JSX.Element | null {
  const others = challenge.others.value;
  if (others.length === 0) return null;
  return (
    <div class="row tight small">
      <span id="also-here">{t("Also here now:")}</span>
      <ul class="also-here" aria-labelledby="also-here">
        {others.map((id) => (
          <li key={id}>
            <Avatar person={challenge.state.value.people[id]} size="s" />
            <Name person={challenge.state.value.people[id]} />
          </li>
        ))}
      </ul>
    </div>
  );
}
