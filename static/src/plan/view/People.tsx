// People who take part beside the one who is responsible: chosen one by one, taken out one by one.

import type { JSX } from "preact";
import { t } from "../../i18n";
import { Icon, Name } from "../../room/view/marks";
import { type FieldEditor, isRefused } from "../../writing/field_editor";
import { type Spec, peopleIn, possibleContributors } from "../fields";
import type { PlanModel } from "../model";

interface Props {
  id: string;
  plan: PlanModel;
  spec: Spec<string>;
  editor: FieldEditor<string>;
  describedBy: string;
}

export function People({ id, plan, spec, editor, describedBy }: Props): JSX.Element {
  const chosen = peopleIn(editor.shown.value);
  const others = possibleContributors(plan.state.value).filter((person) => !chosen.includes(person.id));
  const write = (people: readonly number[]) => {
    editor.write([...people].sort((one, other) => one - other).join());
    void editor.flush();
  };
  return (
    <>
      {chosen.length > 0 && (
        <ul class="row tight chosen-people" aria-label={spec.label}>
          {chosen.map((person) => (
            <li key={person} class="row tight">
              <Name person={plan.state.value.people[person]} />
              <button
                class="icon-btn small"
                type="button"
                title={t("Take out")}
                onClick={() => {
                  write(chosen.filter((each) => each !== person));
                  document.getElementById(id)?.focus();
                }}
              >
                <Icon name="x" />
                <span class="vh">
                  {t("Take out")}: {plan.state.value.people[person]?.name ?? "…"}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <select
        class="in"
        id={id}
        aria-describedby={describedBy}
        aria-invalid={isRefused(editor)}
        value=""
        onChange={({ currentTarget }) => {
          if (currentTarget.value !== "") write([...chosen, Number(currentTarget.value)]);
          currentTarget.value = "";
        }}
      >
        <option value="">{t("Choose…")}</option>
        {others.map(({ id: key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </>
  );
}
