// Beside the form: what is still missing, and the button.

import type { JSX } from "preact";
import { t } from "../../i18n";
import { Icon } from "../../room/view/marks";
import type { ChallengeModel } from "../model";

/** `WHY_LIMIT` of challenges/actions/steps.py. */
const LONGEST_ANSWER = 4_000;

export function Submitting({ challenge }: { challenge: ChallengeModel }): JSX.Element {
  return (
    <aside class="stack challenge-side" aria-label={t("Before you submit")}>
      <section class="sheet tight stack s submit-box">
        <h2 class="h-sm">{t("Before you submit")}</h2>
        <Missing challenge={challenge} />
        <p class="bad-t small" role="alert">
          {challenge.isAsked.value && challenge.missing.value.length > 0
            ? t("It is not submitted yet. The marked fields are still empty.")
            : challenge.desk.complaint.value}
        </p>
        {challenge.state.value.state === "returned" && <Answer challenge={challenge} />}
        <SubmitButton challenge={challenge} />
      </section>
    </aside>
  );
}

function Missing({ challenge }: { challenge: ChallengeModel }): JSX.Element {
  const missing = challenge.missing.value;
  if (missing.length === 0) {
    const asks = challenge.editors.key_question.shown.value.includes("?");
    return (
      <div class="stack s" id="missing">
        <p class="small">{t("Nothing is missing. The facilitators read it, and accept it or ask you.")}</p>
        {!asks && <p class="small ink2">{t("The key question has no question mark. Peers answer best what is asked.")}</p>}
      </div>
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

function Answer({ challenge }: { challenge: ChallengeModel }): JSX.Element {
  return (
    <div class="field">
      <label for="c-why">{t("Your answer to the questions")}</label>
      <p class="hint" id="c-why-hint">
        {t("If the changed text does not say it all.")}
      </p>
      <textarea
        class="in"
        id="c-why"
        rows={4}
        dir="auto"
        maxLength={LONGEST_ANSWER}
        aria-describedby="c-why-hint"
        value={challenge.answer.value}
        onInput={({ currentTarget }) => challenge.setAnswer(currentTarget.value)}
      />
    </div>
  );
}

/** The button can always be pressed; while something is missing or not saved, it says so and leads there. */
function SubmitButton({ challenge }: { challenge: ChallengeModel }): JSX.Element {
  const [first] = challenge.missing.value;
  const submit = async () => {
    if (await challenge.submit()) location.assign(`/challenges/${challenge.state.value.id}/`);
    else document.getElementById(`c-${challenge.firstBad()}`)?.focus();
  };
  return (
    <button class={first === undefined ? "btn main block" : "btn block"} type="button" aria-describedby="missing" onClick={() => void submit()}>
      <Icon name="send" />
      {t("Submit the challenge")}
    </button>
  );
}

function goTo(event: Event, name: string): void {
  event.preventDefault();
  document.getElementById(`c-${name}`)?.focus();
}
