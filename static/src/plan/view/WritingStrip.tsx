// Stays above the form while one writes: whether all is saved, and who else is here.

import type { JSX } from "preact";
import { formatSince, t } from "../../i18n";
import { Avatar, Icon, Name } from "../../room/view/marks";
import type { PlanModel } from "../model";

export function WritingStrip({ plan }: { plan: PlanModel }): JSX.Element {
  return (
    <div class="writing-strip">
      <Saved plan={plan} />
      <Here plan={plan} />
    </div>
  );
}

function Saved({ plan }: { plan: PlanModel }): JSX.Element {
  const { isStuck, isUnsaved } = plan.desk;
  const [kind, icon, words] = isStuck.value
    ? ["alarm", "circle-alert", t("Not everything is saved. Look at the marked fields.")]
    : isUnsaved.value
      ? ["", "refresh-cw", t("Saving…")]
      : ["done", "check", savedWords(plan.savedAt.value)];
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

function Here({ plan }: { plan: PlanModel }): JSX.Element | null {
  const others = plan.others.value;
  if (others.length === 0) return null;
  return (
    <div class="row tight small">
      <span id="also-here">{t("Also here now:")}</span>
      <ul class="also-here" aria-labelledby="also-here">
        {others.map((id) => (
          <li key={id}>
            <Avatar person={plan.state.value.people[id]} size="s" />
            <Name person={plan.state.value.people[id]} />
          </li>
        ))}
      </ul>
    </div>
  );
}
