// Ties a text field to the document: what is typed goes in, what others write comes out, and the caret, the
// selection and the place that is scrolled to stay where they are.
//
// While a letter is being composed (dead keys, input methods), writing into the field would lose it. So the
// document is held until the letter is there; on phones whole words are composed, so not for longer than
// somebody pauses.

import { difference } from "./difference";
import type { NotesDocument, Step } from "./document";

const PAUSE = 4_000;

interface Selection {
  readonly start: number;
  readonly end: number;
}

type Direction = HTMLTextAreaElement["selectionDirection"];

export class Binding {
  readonly #field: HTMLTextAreaElement;
  readonly #document: NotesDocument;
  readonly #typed: () => void;
  readonly #ends = new AbortController();
  #shown: string;
  #isComposing = false;
  #pause: ReturnType<typeof setTimeout> | undefined;

  /** `typed` hears that the person at this computer changed the text. */
  constructor(field: HTMLTextAreaElement, document: NotesDocument, typed: () => void) {
    this.#field = field;
    this.#document = document;
    this.#typed = typed;
    this.#shown = document.text;
    field.value = this.#shown;
    const { signal } = this.#ends;
    const stop = document.onChange((steps, how) => how !== "typed" && this.#follow(steps, how === "undone"));
    signal.addEventListener("abort", stop);
    field.addEventListener("input", () => this.#take(), { signal });
    field.addEventListener("compositionstart", () => this.#compose(), { signal });
    field.addEventListener("compositionupdate", () => this.#compose(), { signal });
    field.addEventListener("compositionend", () => this.settle(), { signal });
    field.addEventListener("blur", () => this.settle(), { signal });
    field.addEventListener("keydown", (event) => this.#heed(event), { signal });
    field.addEventListener("beforeinput", (event) => this.#replaceHistory(event), { signal });
  }

  /** Takes in what is being composed, as far as it is there. */
  settle(): void {
    clearTimeout(this.#pause);
    this.#isComposing = false;
    this.#take();
    this.#document.release();
  }

  undo(): void {
    this.settle();
    this.#document.undo();
  }

  redo(): void {
    this.settle();
    this.#document.redo();
  }

  stop(): void {
    this.settle();
    this.#ends.abort();
  }

  #compose(): void {
    this.#isComposing = true;
    this.#document.hold();
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.settle(), PAUSE);
  }

  #take(): void {
    if (this.#isComposing) return;
    const change = difference(this.#shown, this.#field.value, this.#field.selectionEnd);
    if (change === null) return;
    this.#shown = this.#field.value;
    this.#document.replace(change);
    // Letters that cannot be kept are not shown either.
    if (this.#document.text !== this.#shown) this.#show();
    this.#typed();
  }

  #show(): void {
    const { selectionStart: start, selectionEnd: end, selectionDirection: direction } = this.#field;
    this.#shown = this.#document.text;
    this.#field.value = this.#shown;
    this.#select({ start, end }, direction);
  }

  #follow(steps: readonly Step[], isUndone: boolean): void {
    const field = this.#field;
    const { selectionStart: start, selectionEnd: end, selectionDirection: direction, scrollTop } = field;
    let at = 0;
    for (const { retain = 0, insert = "", delete: gone = 0 } of steps) {
      at += retain;
      if (insert !== "" || gone > 0) field.setRangeText(insert, at, at + gone, "preserve");
      at += insert.length;
    }
    this.#shown = this.#document.text;
    if (field.value !== this.#shown) field.value = this.#shown;
    this.#select(isUndone ? { start: at, end: at } : moved({ start, end }, steps), direction);
    field.scrollTop = scrollTop;
  }

  #select({ start, end }: Selection, direction: Direction): void {
    // Elsewhere on the page it would take the focus in some browsers.
    if (this.#field.ownerDocument.activeElement !== this.#field) return;
    this.#field.setSelectionRange(start, end, direction);
  }

  #heed(event: KeyboardEvent): void {
    const isOther = event.isComposing || event.altKey || !(event.ctrlKey || event.metaKey) || this.#field.readOnly;
    const key = letterOf(event);
    if (isOther || (key !== "z" && key !== "y")) return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) this.redo();
    else this.undo();
  }

  /** From the browser's menu: its own history knows nothing of what others wrote. */
  #replaceHistory(event: InputEvent): void {
    if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return;
    event.preventDefault();
    if (event.inputType === "historyUndo") this.undo();
    else this.redo();
  }
}

/** Where a selection is after the steps. What comes in at the caret comes in behind it. */
export function moved({ start, end }: Selection, steps: readonly Step[]): Selection {
  const isCaret = start === end;
  let at = 0;
  let [from, to] = [start, end];
  for (const { retain = 0, insert = "", delete: gone = 0 } of steps) {
    at += retain;
    if (insert !== "") {
      if (at < from || (at === from && !isCaret)) from += insert.length;
      if (at < to) to += insert.length;
      at += insert.length;
    }
    from -= Math.max(0, Math.min(from - at, gone));
    to -= Math.max(0, Math.min(to - at, gone));
  }
  return { start: Math.min(from, to), end: to };
}

/** By what is printed on the key, and on keyboards with other alphabets by its place. */
function letterOf({ key, code }: KeyboardEvent): string {
  return /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace(/^Key/, "").toLowerCase();
}
