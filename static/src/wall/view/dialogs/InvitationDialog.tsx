// A facilitator holds a door open. The person decides.

import type { JSX } from "preact";
import { t } from "../../../i18n";
import { DialogFrame } from "../../../room/view/DialogFrame";
import { useWall } from "../../context";
import { go } from "../../doings";

export function InvitationDialog({ by, space }: { by: number; space: number }): JSX.Element {
  const page = useWall();
  const { gathering, ui } = page;
  const words = { name: gathering.people.value[by]?.name ?? "…", space: gathering.space(space)?.name ?? "…" };
  return (
    <DialogFrame title={t("Come to {space}?", words)} close={() => ui.close()}>
      <p>{t("{name} holds the door of {space} open for you.", words)}</p>
      <div class="row">
        <button
          class="btn main"
          type="button"
          autofocus
          onClick={() => {
            ui.close();
            void go(page, space);
          }}
        >
          {t("Go")}
        </button>
        <button class="btn" type="button" onClick={() => ui.close()}>
          {t("Stay")}
        </button>
      </div>
    </DialogFrame>
  );
}
