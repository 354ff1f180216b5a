import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { t } from "../../i18n";
import type { MessageCard } from "../types";
import { DialogFrame } from "./DialogFrame";
import { usePage } from "./context";
import { Name } from "./marks";

/** `rooms/text.py` counts the same. */
const LONGEST_REASON = 200;

export function RemoveDialog({ card }: { card: MessageCard }): JSX.Element {
  const { room, ui } = usePage();
  const reason = useRef<HTMLInputElement>(null);
  const isMissing = useSignal(false);
  const isMine = card.by === room.me;
  const remove = (event: Event) => {
    event.preventDefault();
    const words = reason.current?.value.trim() ?? "";
    isMissing.value = !isMine && words === "";
    if (isMissing.value) return reason.current?.focus();
    room.commands.remove(card.seq, words);
    ui.closeDialog();
  };
  return (
    <DialogFrame close={() => ui.closeDialog()} title={isMine ? t("Remove your message?") : t("Remove this message?")} isDanger>
      <blockquote class="excerpt" lang={card.lang} dir="auto">
        <b>
          <Name person={room.people.value[card.by]} />
        </b>
        <p>{card.text || card.files.map((file) => file.name).join(", ")}</p>
      </blockquote>
      <p class="small ink2">{t("Its text, files and earlier versions are deleted. A line stays that says who removed it, and why.")}</p>
      <form class="stack" noValidate onSubmit={remove}>
        <div class={isMissing.value ? "field bad" : "field"}>
          <label for="remove-reason">{isMine ? t("Reason, if you wish") : t("Reason, for everybody to read")}</label>
          <input
            class="in"
            id="remove-reason"
            ref={reason}
            maxLength={LONGEST_REASON}
            required={!isMine}
            autocomplete="off"
            aria-invalid={isMissing.value}
            aria-describedby="remove-reason-error"
            onInput={() => (isMissing.value = false)}
          />
          <p class="err" id="remove-reason-error" role="alert">
            {isMissing.value && t("Write the reason.")}
          </p>
        </div>
        <div class="row">
          <button class="btn danger" type="submit">
            {t("Remove the message")}
          </button>
          <button class="btn quiet" type="button" onClick={() => ui.closeDialog()}>
            {t("Keep it")}
          </button>
        </div>
      </form>
    </DialogFrame>
  );
}
