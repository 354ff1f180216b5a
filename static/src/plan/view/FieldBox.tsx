// One field with its label, who else writes in it, and what became of it.

import type { JSX } from "preact";
import { formatDate, t } from "../../i18n";
import { Icon } from "../../room/view/marks";
import { type FieldEditor, isRefused } from "../../writing/field_editor";
import { FieldState } from "../../writing/view/FieldState";
import { useShownText } from "../../writing/view/shown_text";
import { TextArea } from "../../writing/view/TextArea";
import { WritersHere } from "../../writing/view/WritersHere";
import { type Spec, peopleIn, shownText } from "../fields";
import type { PlanModel } from "../model";
import { Path } from "./Path";
import { People } from "./People";

/** {name of the field: [value, label], …} of what is chosen from a list. */
export type Options = Readonly<Record<string, readonly (readonly [value: string, label: string, heading?: string])[]>>;

interface Props {
  id: string;
  plan: PlanModel;
  spec: Spec<string>;
  editor: FieldEditor<string>;
  options: Options;
  /** Why it cannot be changed; empty when it can. */
  locked: string;
  /** Said below: what a date was read as. */
  note?: JSX.Element | null;
  /** The day that a date in words means, if it is one day: ISO 8601. */
  day?: string | null;
}

export function FieldBox({ id, plan, spec, editor, options, locked, note = null, day = null }: Props): JSX.Element {
  const isBad = isRefused(editor);
  const isWide = ["text", "path", "people"].includes(spec.shape) || spec.name === "title";
  const isGroup = spec.shape === "path" && locked === "";
  const hint = locked || spec.hint;
  const describedBy = `${hint === "" ? "" : `${id}-hint `}${id}-state`;
  return (
    <div class={`field${isBad ? " bad" : ""}${isWide ? " wide" : ""}`}>
      {isGroup ? (
        <p class="label" id={`${id}-label`}>
          {spec.label}
        </p>
      ) : (
        <label for={id}>{spec.label}</label>
      )}
      {hint !== "" && (
        <p class="hint" id={`${id}-hint`}>
          {locked !== "" && <Icon name="lock" />} {hint}
        </p>
      )}
      <Box id={id} plan={plan} spec={spec} editor={editor} options={options} locked={locked} day={isBad ? null : day} describedBy={describedBy} />
      {!isBad && note}
      <WritersHere form={plan} field={id} />
      <FieldState
        id={`${id}-state`}
        editor={editor}
        people={plan.state.value.people}
        draw={(value) => drawn(plan, spec, options, shownText(value)) || t("empty")}
      />
    </div>
  );
}

interface BoxProps extends Props {
  describedBy: string;
}

function Box({ id, plan, spec, editor, options, locked, day, describedBy }: BoxProps): JSX.Element {
  if (spec.shape === "choice") {
    return (
      <select
        class="in"
        id={id}
        aria-describedby={describedBy}
        value={editor.shown.value}
        aria-invalid={isRefused(editor)}
        disabled={locked !== ""}
        onChange={({ currentTarget }) => {
          editor.write(currentTarget.value);
          void editor.flush();
        }}
      >
        {groupsOf(choices(options[spec.name], editor.shown.value)).map(([heading, rows]) =>
          heading === "" ? drawRows(rows) : <optgroup label={heading}>{drawRows(rows)}</optgroup>,
        )}
      </select>
    );
  }
  if (spec.shape === "people") return <People id={id} plan={plan} spec={spec} editor={editor} describedBy={describedBy} />;
  if (locked !== "") {
    const text = drawn(plan, spec, options, editor.shown.value);
    return <textarea class="in line" id={id} rows={1} readOnly dir="auto" aria-describedby={describedBy} value={text} />;
  }
  if (spec.shape === "path") return <Path id={id} editor={editor} describedBy={describedBy} onWrite={() => plan.writing(id)} />;
  if (spec.shape === "text") {
    return (
      <TextArea
        id={id}
        editor={editor}
        language={plan.state.value.language}
        describedBy={describedBy}
        rows={3}
        onWrite={() => plan.writing(id)}
      />
    );
  }
  const line = <Line id={id} plan={plan} spec={spec} editor={editor} describedBy={describedBy} />;
  if (spec.shape !== "moment") return line;
  return (
    <div class="moment">
      {line}
      <input
        class="in"
        type="date"
        aria-label={t("{label}: pick a day", { label: spec.label })}
        title={t("Pick a day")}
        value={day ?? ""}
        onChange={({ currentTarget }) => {
          if (currentTarget.value === "") return;
          editor.write(currentTarget.value);
          void editor.flush();
        }}
      />
    </div>
  );
}

function Line({ id, plan, spec, editor, describedBy }: Pick<BoxProps, "id" | "plan" | "spec" | "editor" | "describedBy">): JSX.Element {
  const box = useShownText<HTMLInputElement>(editor);
  return (
    <input
      ref={box}
      class="in"
      id={id}
      type={spec.shape === "day" ? "date" : "text"}
      inputMode={spec.shape === "number" ? "decimal" : undefined}
      dir="auto"
      autocomplete="off"
      maxLength={spec.name === "title" ? 500 : 1000}
      defaultValue={editor.shown.peek()}
      aria-describedby={describedBy}
      aria-invalid={isRefused(editor)}
      onInput={({ currentTarget }) => {
        // A date that is only half typed is none yet.
        if (!currentTarget.validity.badInput) editor.write(currentTarget.value);
        plan.writing(id);
      }}
      onBlur={() => void editor.flush()}
    />
  );
}

function labelOf(options: Options[string] | undefined, value: string): string {
  return options?.find(([each]) => each === value)?.[1] ?? value;
}

/** A version of a field in words. */
function drawn(plan: PlanModel, spec: Spec<string>, options: Options, text: string): string {
  if (spec.shape === "path") return text.replaceAll("\t", ": ");
  if (spec.shape === "day" && text !== "") return formatDate(text);
  if (spec.shape !== "people") return labelOf(options[spec.name], text);
  return peopleIn(text)
    .map((id) => plan.state.value.people[id]?.name ?? "…")
    .join(", ");
}

function drawRows(rows: Options[string]): JSX.Element[] {
  return (rows ?? []).map(([value, label]) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}

/** [heading, rows], in their order. */
function groupsOf(rows: NonNullable<Options[string]>): readonly (readonly [string, NonNullable<Options[string]>])[] {
  const found = new Map<string, NonNullable<Options[string]>>();
  for (const row of rows) found.set(row[2] ?? "", [...(found.get(row[2] ?? "") ?? []), row]);
  return [...found];
}

/** What is chosen stays to be seen, even when the list has it no more. */
function choices(options: Options[string] | undefined, value: string): NonNullable<Options[string]> {
  const known = options ?? [];
  return known.some(([each]) => each === value) ? known : [...known, [value, value]];
}
