// A facilitator opens a room.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../i18n";
import { CommandRefused } from "../live/sender";
import type { Elsewhere } from "../room/elsewhere";
import { LANGUAGES, languageName } from "../room/people";
import type { RoomKind } from "../room/types";
import { DialogFrame } from "../room/view/DialogFrame";
import { kindName } from "../room/view/Header";

const KINDS: readonly RoomKind[] = ["topic", "plenary", "lounge"];
/** `rooms/actions/rooms.py` counts the same. */
const LONGEST_NAME = 60;
const LONGEST_TITLE = 200;

export function OpenRoomDialog({ rooms, close }: { rooms: Elsewhere; close: () => void }): JSX.Element {
  const complaint = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const open = async (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy.value) return;
    const field = new FormData(event.currentTarget);
    const text = (name: string) => String(field.get(name) ?? "").trim();
    const room = { name: text("name"), title: text("title"), language: text("language"), kind: text("kind") as RoomKind };
    isBusy.value = true;
    try {
      await rooms.openRoom(room).done;
      close();
    } catch (error) {
      complaint.value = error instanceof CommandRefused ? error.message : t("This did not work. Try again.");
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <DialogFrame title={t("Open a new room")} close={close}>
      <form class="stack" onSubmit={(event) => void open(event)}>
        <div class={complaint.value === null ? "field" : "field bad"}>
          <label for="room-name">{t("Name on the door")}</label>
          <input
            class="in"
            id="room-name"
            name="name"
            maxLength={LONGEST_NAME}
            required
            autocomplete="off"
            aria-invalid={complaint.value !== null}
            aria-describedby="room-name-error"
          />
          <p class="err" id="room-name-error" role="alert">
            {complaint.value}
          </p>
        </div>
        <div class="field">
          <label for="room-title">{t("The question or subject")}</label>
          <input class="in" id="room-title" name="title" maxLength={LONGEST_TITLE} autocomplete="off" />
        </div>
        <div class="field">
          <label for="room-language">{t("Language")}</label>
          <select class="in" id="room-language" name="language">
            {LANGUAGES.map((lang) => (
              <option key={lang} value={lang}>
                {languageName(lang)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="room-kind">{t("Kind")}</label>
          <select class="in" id="room-kind" name="kind">
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {kindName(kind)}
              </option>
            ))}
          </select>
        </div>
        <button class="btn main" type="submit" aria-busy={isBusy.value}>
          {t("Open the room")}
        </button>
      </form>
    </DialogFrame>
  );
}
