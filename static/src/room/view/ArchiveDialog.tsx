import type { JSX } from "preact";
import { t } from "../../i18n";
import { DialogFrame } from "./DialogFrame";
import { usePage } from "./context";

export function ArchiveDialog(): JSX.Element {
  const { room, ui } = usePage();
  const archive = () => {
    room.commands.setRoomState("archived");
    ui.closeDialog();
  };
  return (
    <DialogFrame close={() => ui.closeDialog()} title={t("Archive {room}?", { room: room.card.value.name })}>
      <p class="ink2">{t("Everybody can still read it. Nobody can write in it, change or pin messages, until you open it again.")}</p>
      <div class="row">
        <button class="btn main" type="button" onClick={archive}>
          {t("Archive the room")}
        </button>
        <button class="btn quiet" type="button" onClick={() => ui.closeDialog()}>
          {t("Leave it as it is")}
        </button>
      </div>
    </DialogFrame>
  );
}
