// A text of one line, saved through its editor.

import type { JSX } from "preact";
import type { FieldEditor } from "../../report/field_editor";
import { useShownText } from "../../report/view/shown_text";

interface Props {
  id: string;
  editor: FieldEditor<string>;
  language: string;
  describedBy: string;
  limit: number;
  onWrite: () => void;
}

export function TextLine({ id, editor, language, describedBy, limit, onWrite }: Props): JSX.Element {
  const box = useShownText<HTMLInputElement>(editor);
  return (
    <input
      ref={box}
      id={id}
      class="in"
      dir="auto"
      lang={language}
      maxLength={limit}
      autocomplete="off"
      defaultValue={editor.shown.peek()}
      aria-describedby={describedBy}
      onInput={({ currentTarget }) => {
        editor.write(currentTarget.value);
        onWrite();
      }}
      onBlur={() => void editor.flush()}
    />
  );
}
