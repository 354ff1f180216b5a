// One field of a report with its label, who else writes in it, and what became of it.

import type { JSX } from "preact";
import { t } from "../../i18n";
import type { FieldEditor } from "../../writing/field_editor";
import { FieldState } from "../../writing/view/FieldState";
import { TextArea } from "../../writing/view/TextArea";
import { WritersHere } from "../../writing/view/WritersHere";
import type { Spec } from "../fields";
import type { ReportModel } from "../model";

/** {name of the field: [value, label], …} of what is chosen from a list. */
export type Options = Readonly<Record<string, readonly (readonly [value: string, label: string])[]>>;

interface Props {
  id: string;
  report: ReportModel;
  spec: Spec<string>;
  editor: FieldEditor<string>;
  options: Options;
}

export function FieldBox({ id, report, spec, editor, options }: Props): JSX.Element {
  const isBad = editor.clash.value !== null || editor.problem.value !== null;
  const describedBy = `${spec.hint === "" ? "" : `${id}-hint `}${id}-state`;
  const choices = options[spec.name] ?? [];
  return (
    <div class={`field${isBad ? " bad" : ""}${spec.isChosen ? "" : " wide"}`}>
      <label for={id}>{spec.label}</label>
      {spec.hint !== "" && (
        <p class="hint" id={`${id}-hint`}>
          {spec.hint}
        </p>
      )}
      {spec.isChosen ? (
        <select
          class="in"
          id={id}
          aria-describedby={describedBy}
          value={editor.shown.value}
          onChange={({ currentTarget }) => {
            editor.write(currentTarget.value);
            void editor.flush();
          }}
        >
          {choices.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      ) : (
        <TextArea
          id={id}
          editor={editor}
          language={report.state.value.language}
          describedBy={describedBy}
          rows={spec.name === "text" ? 6 : 3}
          limit={spec.name === "text" ? 20_000 : 4_000}
          onWrite={() => report.writing(id)}
        />
      )}
      <WritersHere form={report} field={id} />
      <FieldState
        id={`${id}-state`}
        editor={editor}
        people={report.state.value.people}
        draw={(value) => choices.find(([each]) => each === value)?.[1] ?? (value || t("empty"))}
      />
    </div>
  );
}
