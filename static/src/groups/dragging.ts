// Dragging somebody to another group with the mouse. "Move to…" does the same.

import { placeOf } from "./places";

/** One set of listeners for the whole board; `drop` is told who goes where. */
export function watchDrags(root: HTMLElement, drop: (person: number, seen: number, to: number) => void): void {
  let dragged: HTMLElement | null = null;
  root.addEventListener("dragstart", (event) => {
    dragged = (event.target as HTMLElement).closest<HTMLElement>("[data-person]");
    if (dragged === null) return;
    event.dataTransfer?.setData("text/plain", dragged.dataset["name"] ?? "");
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
  });
  root.addEventListener("dragend", () => {
    dragged = null;
    mark(root, null);
  });
  root.addEventListener("dragover", (event) => {
    const group = dragged === null ? null : groupOf(event);
    mark(root, group);
    if (group !== null) event.preventDefault();
  });
  root.addEventListener("drop", (event) => {
    const group = groupOf(event);
    mark(root, null);
    if (dragged === null || group === null) return;
    event.preventDefault();
    const { person, group: seen } = placeOf(dragged);
    const to = Number(group.dataset["group"]);
    dragged = null;
    if (to !== seen) drop(person, seen, to);
  });
}

function groupOf(event: DragEvent): HTMLElement | null {
  return (event.target as HTMLElement | null)?.closest<HTMLElement>("[data-group]") ?? null;
}

function mark(root: HTMLElement, group: HTMLElement | null): void {
  for (const before of root.querySelectorAll("[data-over]")) if (before !== group) before.removeAttribute("data-over");
  if (group !== null) group.dataset["over"] = "";
}
