// Next steps: what, who, by when. A row that is empty is not saved.

import { useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../i18n";
import { Icon, Unseen } from "../../room/view/marks";
import type { FieldEditor } from "../../writing/field_editor";
import { sameSteps } from "../fields";
import type { NextStep } from "../types";

const EMPTY: NextStep = { what: "", who: "", when: "" };
const MOST = 30;

export function Steps({ id, editor }: { id: string; editor: FieldEditor<readonly NextStep[]> }): JSX.Element {
  const rows = useSignal<readonly NextStep[]>(withRow(editor.shown.peek()));
  useSignalEffect(() => {
    const shown = editor.shown.value;
    // What is typed here comes back as the same: the empty rows stay.
    if (!sameSteps(shown, filled(rows.peek()))) rows.value = withRow(shown);
  });
  const change = (index: number, changes: Partial<NextStep>) => {
    rows.value = rows.value.map((row, at) => (at === index ? { ...row, ...changes } : row));
    editor.write(filled(rows.value));
  };
  const remove = (index: number) => {
    rows.value = withRow(rows.value.filter((_, at) => at !== index));
    editor.write(filled(rows.value));
    document.getElementById(`${id}-${Math.max(0, index - 1)}`)?.focus();
  };
  const add = () => {
    rows.value = [...rows.value, EMPTY];
    requestAnimationFrame(() => document.getElementById(`${id}-${rows.value.length - 1}`)?.focus());
  };
  return (
    <div class="stack s" onFocusOut={() => void editor.flush()}>
      {rows.value.map((row, index) => (
        <div class="step" key={index} role="group" aria-label={t("Step {n}", { n: index + 1 })}>
          <label class="field">
            <span>{t("What")}</span>
            <input
              class="in"
              id={`${id}-${index}`}
              dir="auto"
              maxLength={300}
              value={row.what}
              autocomplete="off"
              onInput={({ currentTarget }) => change(index, { what: currentTarget.value })}
            />
          </label>
          <label class="field">
            <span>{t("Who")}</span>
            <input
              class="in"
              dir="auto"
              maxLength={120}
              value={row.who}
              autocomplete="off"
              onInput={({ currentTarget }) => change(index, { who: currentTarget.value })}
            />
          </label>
          <label class="field">
            <span>{t("By when")}</span>
            <input class="in" type="date" value={row.when} onInput={({ currentTarget }) => change(index, { when: currentTarget.value })} />
          </label>
          <button class="icon-btn small" type="button" title={t("Remove this step")} onClick={() => remove(index)}>
            <Icon name="x" />
            <Unseen>{t("Remove step {n}", { n: index + 1 })}</Unseen>
          </button>
        </div>
      ))}
      {rows.value.length < MOST && (
        <p>
          <button class="btn quiet small" type="button" onClick={add}>
            <Icon name="plus" />
            {t("One more step")}
          </button>
        </p>
      )}
    </div>
  );
}

function withRow(steps: readonly NextStep[]): readonly NextStep[] {
  return steps.length === 0 ? [EMPTY] : steps;
}

function filled(rows: readonly NextStep[]): readonly NextStep[] {
  return rows.filter(({ what, who, when }) => what.trim() !== "" || who.trim() !== "" || when !== "");
}
