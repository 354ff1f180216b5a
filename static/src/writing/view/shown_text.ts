// The value of a text field is left to the browser while the person writes in it.

import { useSignalEffect } from "@preact/signals";
import type { RefObject } from "preact";
import { useRef } from "preact/hooks";
import type { FieldEditor } from "../field_editor";
import { sameText } from "../text";

/** Puts what others write into the box, and leaves the caret where it is. */
export function useShownText<Box extends HTMLTextAreaElement | HTMLInputElement>(editor: FieldEditor<string>): RefObject<Box> {
  const box = useRef<Box>(null);
  useSignalEffect(() => {
    const text = editor.shown.value;
    const field = box.current;
    if (field === null || sameText(field.value, text)) return;
    const { selectionStart, selectionEnd } = field;
    field.value = text;
    // A date has no caret.
    if (document.activeElement === field && selectionStart !== null) field.setSelectionRange(selectionStart, selectionEnd);
  });
  return box;
}
