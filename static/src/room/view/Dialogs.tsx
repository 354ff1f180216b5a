// The dialogs of a room. Each is drawn when it is opened; Escape and a press outside close it.

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { ArchiveDialog } from "./ArchiveDialog";
import { DateDialog } from "./DateDialog";
import { LanguageDialog } from "./LanguageDialog";
import { RemoveDialog } from "./RemoveDialog";
import { VersionsDialog } from "./VersionsDialog";
import { usePage } from "./context";
import { Icon, Unseen } from "./marks";

export function Dialogs(): JSX.Element | null {
  const { room, ui } = usePage();
  const dialog = ui.dialog.value;
  if (dialog === null) return null;
  if (dialog.kind === "date") return <DateDialog />;
  if (dialog.kind === "archive") return <ArchiveDialog />;
  const card = room.state.value.known.get(dialog.seq);
  if (card === undefined) return null;
  switch (dialog.kind) {
    case "remove":
      return <RemoveDialog card={card} />;
    case "versions":
      return <VersionsDialog card={card} />;
    case "language":
      return <LanguageDialog card={card} />;
  }
}

interface FrameProps {
  title: string;
  isDanger?: boolean;
  children: ComponentChildren;
}

export function DialogFrame({ title, isDanger = false, children }: FrameProps): JSX.Element {
  const { ui } = usePage();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => (ui.dialog.value = null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    return () => {
      if (before?.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog stack ${isDanger ? "danger" : ""}`}
      aria-labelledby={id}
      onClose={close}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <button class="icon-btn" type="button" onClick={close}>
          <Icon name="x" />
          <Unseen>{t("Close")}</Unseen>
        </button>
      </header>
      {children}
    </dialog>
  );
}
