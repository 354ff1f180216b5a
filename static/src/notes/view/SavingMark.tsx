// Whether what was typed is saved. Only what needs the person is read out.

import type { JSX } from "preact";
import { t } from "../../i18n";
import { Icon } from "../../room/view/marks";
import type { NotesModel, Saving } from "../model";

export function SavingMark({ notes }: { notes: NotesModel }): JSX.Element {
  const saving = notes.saving.value;
  const isCatchingUp = saving === "saved" && notes.phase.value === "catching_up";
  return (
    <p class="notes-saving small" data-saving={saving}>
      <Icon name={isCatchingUp ? "refresh-cw" : iconOf(saving)} />
      {isCatchingUp ? t("Catching up…") : wordsOf(saving)}
    </p>
  );
}

/** What the server did not take, and what can be done about it. */
export function Trouble({ notes }: { notes: NotesModel }): JSX.Element {
  const complaint = notes.complaint.value;
  return (
    <div role="status">
      {complaint !== null && (
        <div class="note care notes-trouble">
          <Icon name="triangle-alert" />
          <div>
            <b>{t("Some of what you wrote is not saved.")}</b> {complaint}
          </div>
          <button class="btn small" type="button" onClick={() => notes.flush()}>
            {t("Try again")}
          </button>
          <button class="btn small quiet" type="button" onClick={() => notes.giveUp()}>
            {t("Leave it out")}
          </button>
        </div>
      )}
    </div>
  );
}

function iconOf(saving: Saving): string {
  if (saving === "saved") return "check";
  if (saving === "kept_here") return "wifi-off";
  return saving === "not_saved" ? "triangle-alert" : "refresh-cw";
}

function wordsOf(saving: Saving): string {
  switch (saving) {
    case "saved":
      return t("Saved");
    case "saving":
      return t("Saving…");
    case "kept_here":
      return t("Kept on this computer. We save it when you are back online.");
    case "not_saved":
      return t("Not saved");
    case "loading":
      return t("Loading…");
  }
}
