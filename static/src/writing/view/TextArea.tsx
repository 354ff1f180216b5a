// A text field of several lines, saved through its editor.

import type { JSX } from "preact";
import { type FieldEditor, isRefused } from "../field_editor";
import { useShownText } from "./shown_text";

interface Props {
  id: string;
  editor: FieldEditor<string>;
  language: string;
  describedBy: string;
  rows?: number;
  limit?: number;
  /** One line, however long: it wraps, and Enter adds none. */
  isLine?: boolean;
  /** Empty, and somebody wanted to go on without it. */
  isLacking?: boolean;
  /** With every change by this person. */
  onWrite?: () => void;
}

export function TextArea({ id, editor, language, describedBy, rows = 5, limit = 20_000, isLine = false, isLacking = false, onWrite }: Props): JSX.Element {
  const box = useShownText<HTMLTextAreaElement>(editor);
  return (
    <textarea
      ref={box}
      id={id}
      class={isLine ? "in line" : "in"}
      rows={rows}
      dir="auto"
      lang={language}
      maxLength={limit}
      defaultValue={editor.shown.peek()}
      aria-describedby={describedBy}
      aria-invalid={isLacking || isRefused(editor)}
      onInput={({ currentTarget }) => {
        editor.write(currentTarget.value);
        onWrite?.();
      }}
      onKeyDown={(event) => {
        if (isLine && event.key === "Enter" && !event.isComposing) event.preventDefault();
      }}
      onBlur={() => void editor.flush()}
    />
  );
}
