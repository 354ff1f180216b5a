// The whole form: the plan, what stands in it, and beside them what is missing.

import type { JSX } from "preact";
import { t } from "../../i18n";
import { Icon } from "../../room/view/marks";
import { WritingStrip } from "../../writing/view/WritingStrip";
import { itemLocked, planLocked, planSpecs } from "../fields";
import type { PlanModel } from "../model";
import { AddItem } from "./AddItem";
import { type Options, FieldBox } from "./FieldBox";
import { ItemBox } from "./ItemBox";
import { Proposing } from "./Proposing";

export function PlanForm({ plan, options }: { plan: PlanModel; options: Options }): JSX.Element {
  if (!plan.isEditable.value) return <NoLonger plan={plan} />;
  return (
    <>
      <WritingStrip form={plan} />
      <div class="plan-form">
        <div class="stack">
          <section class="sheet stack" aria-labelledby="plan-h">
            <h2 class="h-sm" id="plan-h">
              {t("The plan")}
            </h2>
            {planSpecs().map((spec) => (
              <FieldBox
                key={spec.name}
                id={`p-${spec.name}`}
                plan={plan}
                spec={spec}
                editor={plan.planEditor(spec.name)}
                options={options}
                locked={planLocked(plan.state.value, spec.name)}
              />
            ))}
          </section>
          <h2>{t("What stands in it")}</h2>
          <p class="bad-t" role="alert">
            {plan.problem.value}
          </p>
          {plan.rows.value.length === 0 && (
            <p class="muted">{t("Nothing stands in it yet. Begin with an objective: what you want to have reached.")}</p>
          )}
          {plan.rows.value.map((row) => (
            <ItemBox key={row.item.id} plan={plan} row={row} options={options} />
          ))}
          <AddItem plan={plan} />
          <Removed plan={plan} />
        </div>
        <Proposing plan={plan} />
      </div>
    </>
  );
}

/** Somebody proposed it while this person wrote; what they wrote last is kept in the browser. */
function NoLonger({ plan }: { plan: PlanModel }): JSX.Element {
  return (
    <div class="sheet stack">
      <p class="note" role="status">
        <Icon name="lock" />
        <span>
          {plan.state.value.rights.member ? t("It cannot be changed now: its state has changed.") : t("You cannot change this plan any more.")}
          {plan.desk.isUnsaved.value && ` ${t("What you wrote last is kept on this computer and stands here again when the plan is open.")}`}
        </span>
      </p>
      <p>
        <a class="btn main" href={`/plans/${plan.state.value.id}/`}>
          {t("Go to the plan")}
        </a>
      </p>
    </div>
  );
}

function Removed({ plan }: { plan: PlanModel }): JSX.Element | null {
  const removed = plan.removed.value;
  if (removed.length === 0) return null;
  return (
    <details class="sheet tight">
      <summary class="link-btn">{t("Taken out of the plan ({n})", { n: removed.length })}</summary>
      <ul class="rows small">
        {removed.map((item) => (
          <li key={item.id} class="row between">
            <bdi lang={plan.state.value.language}>{item.title}</bdi>
            {itemLocked(plan.state.value, item, "title") === "" ? (
              <button class="btn small" type="button" onClick={() => void plan.restore(item)}>
                <Icon name="undo-2" />
                {t("Put it back")}
                <span class="vh">: {item.title}</span>
              </button>
            ) : (
              <span class="muted">{t("as the school agreed")}</span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
