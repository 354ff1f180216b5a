// The dialogs of a room; each is drawn when it is opened.

import type { JSX } from "preact";
import { CallDialog } from "../gathering/Facilitator";
import { SpacesDialog } from "../gathering/Spaces";
import { ArchiveDialog } from "./ArchiveDialog";
import { DateDialog } from "./DateDialog";
import { LanguageDialog } from "./LanguageDialog";
import { PollDialog } from "./PollDialog";
import { RemoveDialog } from "./RemoveDialog";
import { VersionsDialog } from "./VersionsDialog";
import { usePage } from "./context";

export function Dialogs(): JSX.Element | null {
  const { room, ui } = usePage();
  const dialog = ui.dialog.value;
  if (dialog === null) return null;
  if (dialog.kind === "date") return <DateDialog />;
  if (dialog.kind === "archive") return <ArchiveDialog />;
  if (dialog.kind === "spaces") return <SpacesDialog />;
  if (dialog.kind === "call") return <CallDialog />;
  if (dialog.kind === "poll") return <PollDialog />;
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
