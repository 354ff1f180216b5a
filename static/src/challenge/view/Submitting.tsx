// Beside the form: whether all is saved, who else is here, what is still missing, and the button.

import type { JSX } from "preact";
import { formatSince, t } from "../../i18n";
import { Avatar, Icon, Name } from "../../room/view/marks";
import type { ChallengeModel } from "../model";

export function Submitting({ challenge }: { challenge: ChallengeModel }): JSX.Element {
  return (
    <aside class="stack challenge-side" aria-label={t("Before you submit")}>
      <section class="sheet tight stack s submit-box">
        <Saved challenge={challenge} />
        <Here challenge={challenge} />
        <h2 class="h-sm">{t("Before you submit")}</h2>
        <Missing challenge={challenge} />
        <p class="bad-t small" role="alert">
          {challenge.desk.complaint.value}
        </p>
        <SubmitButton challenge={challenge} />
      </section>
    </aside>
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
    <p class="saved" role="status">
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
    <div>
      <h2 class="kicker">{t("Also here now")}</h2>
      <ul class="also-here">
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

function Missing({ challenge }: { challenge: ChallengeModel }): JSX.Element {
  const missing = challenge.missing.value;
  if (missing.length === 0) {
    return (
      <p class="small" id="missing">
        {t("Nothing is missing. The facilitators read it, and accept it or ask you.")}
      </p>
    );
  }
  return (
    <div class="stack s" id="missing">
      <p class="small">{t("Still missing:")}</p>
      <ul class="missing">
        {missing.map(({ name, words }) => (
          <li key={name}>
            <a href={`#c-${name}`} onClick={(event) => goTo(event, name)}>
              {words}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The button can always be pressed; while something is missing it leads there. */
function SubmitButton({ challenge }: { challenge: ChallengeModel }): JSX.Element {
  const [first] = challenge.missing.value;
  const submit = async () => {
    if (first !== undefined) document.getElementById(`c-${first.name}`)?.focus();
    else if (await challenge.submit()) location.assign(`/challenges/${challenge.state.value.id}/`);
  };
  return (
    <button
      class="btn main block"
      type="button"
      aria-disabled={first !== undefined}
      aria-describedby="missing"
      onClick={() => void submit()}
    >
      <Icon name="send" />
      {t("Submit the challenge")}
    </button>
  );
}

function goTo(event: Event, name: string): void {
  event.preventDefault();
  document.getElementById(`c-${name}`)?.focus();
}
