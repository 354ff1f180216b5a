// A text field of the report. Its value is left to the browser while the person writes in it.

import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { FieldEditor } from "../field_editor";
import { sameText } from "../fields";

interface Props {
  id: string;
  editor: FieldEditor<string>;
  language: string;
  describedBy: string;
}

export function TextArea({ id, editor, language, describedBy }: Props): JSX.Element {
  const box = useRef<HTMLTextAreaElement>(null);
  useSignalEffect(() => {
    const text = editor.shown.value;
    const area = box.current;
    if (area === null || sameText(area.value, text)) return;
    const { selectionStart, selectionEnd } = area;
    area.value = text;
    if (document.activeElement === area) area.setSelectionRange(selectionStart, selectionEnd);
  });
  return (
    <textarea
      ref={box}
      id={id}
      class="in"
      rows={5}
      dir="auto"
      lang={language}
      maxLength={20_000}
      defaultValue={editor.shown.peek()}
      aria-describedby={describedBy}
      onInput={({ currentTarget }) => editor.write(currentTarget.value)}
      onBlur={() => void editor.flush()}
    />
  );
}
