// Asks everybody in the room.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../i18n";
import { OutboxFull } from "../../live/outbox";
import { CommandRefused } from "../../live/sender";
import { DialogFrame } from "./DialogFrame";
import { usePage } from "./context";
import { Icon } from "./marks";

/** `rooms/actions/polls.py` counts the same. */
const FEWEST = 2;
const MOST = 6;
const LONGEST_QUESTION = 200;
const LONGEST_OPTION = 100;

export function PollDialog(): JSX.Element {
  const { room, ui } = usePage();
  const count = useSignal(FEWEST);
  const complaint = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const ask = async (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy.value) return;
    const field = new FormData(event.currentTarget);
    const options = field.getAll("option").map((option) => String(option).trim());
    const poll = { question: String(field.get("question")), options: options.filter(Boolean), multiple: field.has("multiple") };
    isBusy.value = true;
    try {
      await room.commands.openPoll(poll).done;
      ui.closeDialog();
    } catch (error) {
      if (error instanceof OutboxFull) complaint.value = t("Too much is waiting to be sent. Wait for the connection.");
      else complaint.value = error instanceof CommandRefused ? error.message : t("This did not work. Try again.");
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <DialogFrame title={t("Quick poll")} close={() => ui.closeDialog()}>
      <form class="stack" onSubmit={(event) => void ask(event)}>
        <div class="field">
          <label for="poll-question">{t("Your question")}</label>
          <input class="in" id="poll-question" name="question" dir="auto" maxLength={LONGEST_QUESTION} required autocomplete="off" />
        </div>
        <fieldset class="field">
          <legend>{t("Answers to choose from")}</legend>
          {Array.from({ length: count.value }, (_, index) => (
            <input
              key={index}
              class="in"
              name="option"
              dir="auto"
              maxLength={LONGEST_OPTION}
              required={index < FEWEST}
              autocomplete="off"
              aria-label={t("Answer {n}", { n: index + 1 })}
            />
          ))}
        </fieldset>
        {count.value < MOST && (
          <button class="btn quiet small" type="button" onClick={() => count.value++}>
            <Icon name="plus" />
            {t("One more answer")}
          </button>
        )}
        <label class="check">
          <input type="checkbox" name="multiple" />
          <span>{t("People may choose several answers")}</span>
        </label>
        <p class="bad-t" role="alert">
          {complaint.value}
        </p>
        <button class="btn main" type="submit" aria-busy={isBusy.value}>
          {t("Ask everybody here")}
        </button>
      </form>
    </DialogFrame>
  );
}
