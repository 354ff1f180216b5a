// Puts a large wall in the place of the one that the server drew, without holding up the page: it is made
// row by row beside it, and shown when it is whole.

import { type ReadonlySignal, signal } from "@preact/signals";

/** Rows of the wall that are made between two pictures. */
const ROWS_AT_ONCE = 1;
/** Sheets that can be laid out at once. */
const LARGE = 80;

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
  const showRows = hideRows(root, workshop);
  const focused = root.contains(document.activeElement) ? document.activeElement?.id : undefined;
  root.replaceWith(workshop);
  workshop.dataset["alive"] = "";
  showRows();
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/**
 * The rows of a large wall come into the page empty, as high as the server's were, and are laid out one in each
 * picture, from the top of what is in view. Gives the way to begin with that.
 */
function hideRows(root: HTMLElement, workshop: HTMLElement): () => void {
  const before = [...root.querySelectorAll<HTMLElement>(".slot")].map((row) => row.getBoundingClientRect());
  const rows = [...workshop.querySelectorAll<HTMLElement>(".slot")];
  if (workshop.querySelectorAll(".topic").length < LARGE) return () => {};
  rows.forEach((row, at) => {
    row.style.contentVisibility = "hidden";
    row.style.containIntrinsicBlockSize = `${before[at]?.height ?? 0}px`;
  });
  const isAbove = (at: number) => (before[at]?.bottom ?? 0) < 0;
  const order = rows.map((_, at) => at).sort((one, other) => Number(isAbove(one)) - Number(isAbove(other)) || one - other);
  const next = () => {
    const row = rows[order.shift() ?? -1];
    if (row === undefined) return;
    row.style.contentVisibility = "";
    requestAnimationFrame(next);
  };
  return next;
}
