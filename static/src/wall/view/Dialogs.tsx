// The dialogs of the wall; each is drawn when it is opened.

import type { JSX } from "preact";
import { useWall } from "../context";
import { ActionDialog } from "./dialogs/ActionDialog";
import { CellDialog } from "./dialogs/CellDialog";
import { ConfirmDialog } from "./dialogs/ConfirmDialog";
import { FullDialog } from "./dialogs/FullDialog";
import { InvitationDialog } from "./dialogs/InvitationDialog";
import { MergeDialog } from "./dialogs/MergeDialog";
import { OccupiedDialog } from "./dialogs/OccupiedDialog";
import { PlaceDialog } from "./dialogs/PlaceDialog";
import { SwapDialog } from "./dialogs/SwapDialog";
import { TopicDialog } from "./dialogs/TopicDialog";
import { TopicForm } from "./dialogs/TopicForm";

export function Dialogs(): JSX.Element | null {
  const dialog = useWall().ui.dialog.value;
  if (dialog === null) return null;
  switch (dialog.kind) {
    case "propose":
      return <TopicForm key="propose" topic={null} place={dialog.place} />;
    case "change":
      return <TopicForm key={dialog.topic} topic={dialog.topic} place={null} />;
    case "topic":
      return <TopicDialog key={dialog.topic} id={dialog.topic} />;
    case "place":
      return <PlaceDialog key="place" id={dialog.topic} fromSlot={dialog.fromSlot} isMore={false} />;
    case "continue":
      return <PlaceDialog key="continue" id={dialog.topic} fromSlot={null} isMore />;
    case "cell":
      return <CellDialog place={dialog.place} />;
    case "occupied":
      return <OccupiedDialog key={dialog.others.join()} occupied={dialog} />;
    case "merge":
      return <MergeDialog id={dialog.topic} />;
    case "swap":
      return <SwapDialog id={dialog.topic} place={dialog.place} />;
    case "action":
      return <ActionDialog id={dialog.action} />;
    case "full":
      return <FullDialog space={dialog.space} instead={dialog.instead} detail={dialog.detail} />;
    case "invitation":
      return <InvitationDialog by={dialog.by} space={dialog.space} />;
    default:
      return <ConfirmDialog key={dialog.kind} kind={dialog.kind} id={dialog.topic} />;
  }
}
