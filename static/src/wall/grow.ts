// Puts a large wall in the place of the one that the server drew, without holding up the page: it is made
// row by row beside it, and shown when it is whole.

import { type ReadonlySignal, signal } from "@preact/signals";

/** Rows of the wall that are made between two pictures. */
const ROWS_AT_ONCE = 1;

/** `draw` makes the wall into a place; `rows` says how many of the `wanted` rows are to be made by now. */
export function growIn(root: HTMLElement, wanted: number, draw: (place: HTMLElement, rows: ReadonlySignal<number>) => void): void {
  const rows = signal(0);
  const workshop = document.createElement("div");
  workshop.className = root.className;
  draw(workshop, rows);
  const more = () => {
    rows.value += ROWS_AT_ONCE;
    if (rows.value <= wanted) setTimeout(more);
    else show(root, workshop, rows);
  };
  more();
}

function show(root: HTMLElement, workshop: HTMLElement, rows: { value: number }): void {
  rows.value = Infinity;
  const focused = root.contains(document.activeElement) ? document.activeElement?.id : undefined;
  root.replaceWith(workshop);
  workshop.dataset["alive"] = "";
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}
