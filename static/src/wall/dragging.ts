// Dragging a sheet to a cell with the mouse. The same can be done from the sheet's menu and from the cell.
// One set of listeners for the whole wall; no drawing happens while something is dragged.

import type { WallPage } from "./context";
import { dropTopic } from "./doings";

interface Targets {
  onDragOver(event: DragEvent): void;
  onDragLeave(event: DragEvent): void;
  onDrop(event: DragEvent): void;
}

export function dropTargets(page: WallPage): Targets {
  return {
    onDragOver: (event) => {
      const cell = cellOf(event);
      mark(event.currentTarget, page.ui.dragged === null ? null : cell);
      if (cell !== null && page.ui.dragged !== null) event.preventDefault();
    },
    onDragLeave: (event) => {
      const isGone = !(event.currentTarget as HTMLElement).contains(event.relatedTarget as Node | null);
      if (isGone) mark(event.currentTarget, null);
    },
    onDrop: (event) => {
      const { dragged } = page.ui;
      const cell = cellOf(event);
      mark(event.currentTarget, null);
      page.ui.dragged = null;
      if (cell === null || dragged === null) return;
      event.preventDefault();
      const [slot = 0, space = 0] = (cell.dataset["cell"] ?? "").split(":").map(Number);
      void dropTopic(page, dragged.topic, { slot, space }, dragged.fromSlot);
    },
  };
}

export function beginDrag(page: WallPage, event: DragEvent, topic: number, fromSlot: number | null): void {
  page.ui.dragged = { topic, fromSlot };
  event.dataTransfer?.setData("text/plain", page.gathering.topic(topic).peek()?.title ?? "");
  if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
}

function cellOf(event: DragEvent): HTMLElement | null {
  return (event.target as HTMLElement | null)?.closest<HTMLElement>("[data-cell]") ?? null;
}

function mark(wall: EventTarget | null, cell: HTMLElement | null): void {
  for (const before of (wall as HTMLElement).querySelectorAll("[data-over]")) {
    if (before !== cell) before.removeAttribute("data-over");
  }
  cell?.setAttribute("data-over", "");
}
