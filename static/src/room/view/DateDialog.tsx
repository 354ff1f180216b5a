import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { dayOf, formatDay, t } from "../../i18n";
import { DialogFrame } from "./DialogFrame";
import { usePage } from "./context";

export function DateDialog(): JSX.Element {
  const { room, ui } = usePage();
  const day = useRef<HTMLInputElement>(null);
  const answer = useSignal<string | null>(null);
  const go = async (event: Event) => {
    event.preventDefault();
    const asked = day.current?.value ?? "";
    const first = await room.history.goToDay(asked);
    if (first === null) {
      answer.value = room.history.complaint.value ?? t("There are no messages on that day or after it.");
      return;
    }
    ui.closeDialog();
    room.seek(first.seq, ui);
    if (dayOf(first.at) !== asked) ui.say(t("Nothing was written on that day. Shown: {day}.", { day: formatDay(first.at) }));
  };
  return (
    <DialogFrame close={() => ui.closeDialog()} title={t("Go to a day")}>
      <form class="stack" onSubmit={(event) => void go(event)}>
        <div class={answer.value === null ? "field" : "field bad"}>
          <label for="go-day">{t("Day")}</label>
          <input
            class="in"
            id="go-day"
            ref={day}
            type="date"
            required
            max={dayOf(Date.now())}
            defaultValue={dayOf(Date.now())}
            aria-invalid={answer.value !== null}
            aria-describedby="go-day-error"
            onInput={() => (answer.value = null)}
          />
          <p class="err" id="go-day-error" role="alert">
            {answer.value}
          </p>
        </div>
        <button class="btn main" type="submit">
          {t("Go to this day")}
        </button>
      </form>
    </DialogFrame>
  );
}
