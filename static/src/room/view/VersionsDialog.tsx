import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { formatMoment, t } from "../../i18n";
import type { MessageCard, VersionCard } from "../types";
import { DialogFrame } from "./DialogFrame";
import { MessageText } from "./MessageText";
import { usePage } from "./context";

/** What a message said before, newest first. */
export function VersionsDialog({ card }: { card: MessageCard }): JSX.Element {
  const { room, ui } = usePage();
  const versions = useSignal<readonly VersionCard[] | null>(null);
  const complaint = useSignal<string | null>(null);
  useEffect(() => {
    room.history.versions(card.seq).then(
      (found) => (versions.value = found),
      () => (complaint.value = t("The earlier versions cannot be loaded now. Try again.")),
    );
  }, [card.seq]);
  return (
    <DialogFrame close={() => ui.closeDialog()} title={t("Earlier versions")}>
      <ol class="rows versions">
        <li>
          <p class="micro muted">{t("Now")}</p>
          <MessageText text={card.text} doc={card.doc} lang={card.lang} me={room.me} />
        </li>
        {[...(versions.value ?? [])].reverse().map((version) => (
          <li key={version.until}>
            <p class="micro muted">{t("Until {moment}", { moment: formatMoment(version.until) })}</p>
            <MessageText text={version.text} doc={version.doc} lang={version.lang} me={room.me} />
          </li>
        ))}
      </ol>
      {versions.value === null && complaint.value === null && <p class="muted">{t("Loading…")}</p>}
      {complaint.value !== null && (
        <p class="bad-t" role="alert">
          {complaint.value}
        </p>
      )}
    </DialogFrame>
  );
}
