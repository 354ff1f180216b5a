// What one writes for oneself: open in every step, kept on the server, read by nobody else.

import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../room/view/marks";
import { useConsultation } from "../context";

export function PrivateNotes(): JSX.Element {
  const { consultation } = useConsultation();
  const { note } = consultation;
  const box = useRef<HTMLTextAreaElement>(null);
  // Set from outside only while nobody writes in it: letters that are being composed are not cut.
  useEffect(() => {
    const field = box.current;
    if (field !== null && field.value !== note.shown.value && document.activeElement !== field) field.value = note.shown.value;
  }, [note.shown.value]);
  useEffect(() => {
    if (box.current !== null) box.current.value = note.shown.peek();
  }, []);
  const state = useComputed(() => {
    if (note.problem.value !== null) return note.problem.value;
    return note.isOpen.value ? t("Saving…") : t("Saved.");
  });
  return (
    <details class="private-notes">
      <summary class="btn block">
        <Icon name="notebook-pen" />
        {t("My private notes")}
      </summary>
      <div class="field">
        <label for="private-note">{t("My private notes")}</label>
        <p class="hint" id="private-note-hint">
          {t("Only you can read them. They are kept with this consultation.")}
        </p>
        <textarea
          ref={box}
          class="in"
          id="private-note"
          rows={6}
          dir="auto"
          aria-describedby="private-note-hint"
          onInput={({ currentTarget }) => note.write(currentTarget.value)}
          onBlur={() => void note.flush()}
        />
        {note.clash.value === null ? <p class="micro muted">{state}</p> : <Clash />}
      </div>
    </details>
  );
}

/** Written on two pages at once by the same person. */
function Clash(): JSX.Element {
  const { note } = useConsultation().consultation;
  return (
    <div class="note care" role="group" aria-label={t("Two versions")}>
      <div class="stack s">
        <p>{t("You changed your notes in another window, too. There they are:")}</p>
        <blockquote class="theirs as-typed" dir="auto">
          {note.clash.value?.value}
        </blockquote>
        <p class="row tight">
          <button class="btn small" type="button" onClick={() => void note.keepMine()}>
            {t("Keep what is here")}
          </button>
          <button class="btn small" type="button" onClick={() => note.takeTheirs()}>
            {t("Take the other")}
          </button>
        </p>
      </div>
    </div>
  );
}
