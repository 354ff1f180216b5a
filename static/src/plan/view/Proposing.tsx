// Beside the form: what is still missing, and the button.

import type { JSX } from "preact";
import { t } from "../../i18n";
import { Icon } from "../../room/view/marks";
import { goToField } from "../../writing/view/go_to_field";
import type { PlanModel } from "../model";
import { may } from "../store";

export function Proposing({ plan }: { plan: PlanModel }): JSX.Element {
  const { state, id } = plan.state.value;
  const isDraft = state === "draft" || state === "returned";
  return (
    <aside class="stack" aria-label={t("Before you propose it")}>
      <section class="sheet tight stack s submit-box">
        <h2 class="h-sm">{isDraft ? t("Before you propose it") : t("The plan is approved")}</h2>
        {isDraft && <Missing plan={plan} />}
        {isDraft && <Remarks plan={plan} />}
        <p class="bad-t small" role="alert">
          {plan.desk.complaint.value}
        </p>
        {isDraft && <Propose plan={plan} />}
        <a class="btn quiet block" href={`/plans/${id}/`}>
          {t("Look at the plan")}
        </a>
      </section>
    </aside>
  );
}

function Missing({ plan }: { plan: PlanModel }): JSX.Element {
  const missing = plan.missing.value;
  if (missing.length === 0) {
    return (
      <p class="small" id="missing">
        {plan.remarks.value.length === 0
          ? t("Nothing is missing. The school approves it, or asks you.")
          : t("You can propose it. The school approves it, or asks you.")}
      </p>
    );
  }
  return (
    <div class="stack s" id="missing">
      <p class="small">{t("Still missing:")}</p>
      <ul class="missing">
        {missing.map(({ at, words }) => (
          <li key={at}>
            <a
              href={`#${at}`}
              onClick={(event) => {
                event.preventDefault();
                goTo(at);
              }}
            >
              {words}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What one should look at; it blocks nothing. */
function Remarks({ plan }: { plan: PlanModel }): JSX.Element | null {
  if (plan.remarks.value.length === 0) return null;
  return (
    <div class="stack s">
      <p class="small">{t("Worth a look before you propose it:")}</p>
      <ul class="missing">
        {plan.remarks.value.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </div>
  );
}

/** The button can always be pressed; while something is missing it leads there. */
function Propose({ plan }: { plan: PlanModel }): JSX.Element {
  if (!may(plan.state.value, "plan.propose")) {
    return <p class="small muted">{t("Co-ordinators and the one who is accountable propose the plan.")}</p>;
  }
  const [first] = plan.missing.value;
  const propose = async () => {
    if (first !== undefined) {
      plan.desk.complaint.value = first.words;
      goTo(first.at);
    } else if (await plan.propose()) location.assign(`/plans/${plan.state.value.id}/?said=propose`);
    else goTo(plan.refusedField() ?? "");
  };
  return (
    <button class={first === undefined ? "btn main block" : "btn block"} type="button" aria-describedby="missing" onClick={() => void propose()}>
      <Icon name="send" />
      {t("Propose the plan")}
    </button>
  );
}

/** To the field, also where it is one of the "More fields" of its item. */
function goTo(at: string): void {
  goToField(at, `#item-${/^i-(\d+)-/.exec(at)?.[1] ?? 0} details`);
}
