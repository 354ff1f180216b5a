// The document of notes: one text that several people write in at once, kept by Yjs. No network, no drawing.

import * as Y from "yjs";
import type { Change } from "./difference";

/** The name of the text in the document; the server has the same. */
const ROOT = "text";
/** Long texts are inserted in pieces, so that no update is larger than a command may be. */
const PIECE = 8_000;
/** Milliseconds within which what one types is undone together. */
const UNDONE_TOGETHER = 500;
const OWN = Symbol("own");
const ELSEWHERE = Symbol("elsewhere");

/** What the server does not take: a text field makes line ends of the one, a database refuses the other. */
const UNWANTED = /[\r\0]/g;

/** As Quill writes changes: `retain` so many units, `insert` these letters, `delete` so many units. */
export interface Step {
  readonly retain?: number;
  readonly insert?: string;
  readonly delete?: number;
}

/** `how`: by typing, by taking back or repeating what was typed, or by somebody else. */
export type Listener = (steps: readonly Step[], how: "typed" | "undone" | "elsewhere") => void;

export class NotesDocument {
  readonly #doc = new Y.Doc();
  readonly #text = this.#doc.getText(ROOT);
  readonly #undo = new Y.UndoManager(this.#text, {
    trackedOrigins: new Set([OWN]),
    captureTimeout: UNDONE_TOGETHER,
  });
  readonly #listeners = new Set<Listener>();
  #held: Uint8Array[] | null = null;

  /** `written` hears of every update that was made here. */
  constructor(written: (update: Uint8Array) => void) {
    this.#doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== ELSEWHERE) written(update);
    });
    this.#text.observe((event, { origin }) => {
      const how = origin === OWN ? "typed" : origin === ELSEWHERE ? "elsewhere" : "undone";
      for (const listener of this.#listeners) listener(event.delta as Step[], how);
    });
  }

  get text(): string {
    return this.#text.toString();
  }

  /** What was made elsewhere, or here before. Twice is once; order does not matter. */
  apply(updates: readonly Uint8Array[]): void {
    if (this.#held !== null) this.#held.push(...updates);
    else if (updates.length > 0) this.#doc.transact(() => updates.forEach((each) => Y.applyUpdate(this.#doc, each)), ELSEWHERE);
  }

  /** Until `release` nothing from elsewhere changes the text: a letter is being composed. */
  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    this.apply(held);
  }

  /** Somebody at this computer changed the text. */
  replace({ at, removed, inserted }: Change): void {
    const letters = inserted.replace(UNWANTED, "");
    if (removed > 0) this.#doc.transact(() => this.#text.delete(at, removed), OWN);
    for (let start = 0; start < letters.length; ) {
      const end = endOfPiece(letters, start);
      this.#doc.transact(() => this.#text.insert(at + start, letters.slice(start, end)), OWN);
      start = end;
    }
  }

  /** Takes back what was last typed here, not what others did. */
  undo(): void {
    this.#undo.undo();
  }

  redo(): void {
    this.#undo.redo();
  }

  get canUndo(): boolean {
    return this.#undo.canUndo();
  }

  get canRedo(): boolean {
    return this.#undo.canRedo();
  }

  /** Calls back when there may be more, or less, to be taken back. */
  onHistory(listener: () => void): void {
    this.#undo.on("stack-item-added", listener);
    this.#undo.on("stack-item-popped", listener);
  }

  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
    this.#doc.destroy();
  }
}

function endOfPiece(letters: string, start: number): number {
  const end = Math.min(start + PIECE, letters.length);
  const next = letters.charCodeAt(end);
  const isHalf = next >= 0xdc00 && next <= 0xdfff;
  return isHalf ? end + 1 : end;
}

/** Updates put together in as few as hold no more than `limit` bytes each; one that is larger stays by itself. */
export function gathered(updates: readonly Uint8Array[], limit: number): Uint8Array[] {
  const groups: Uint8Array[] = [];
  for (const update of updates) {
    const last = groups.at(-1);
    const both = last && Y.mergeUpdates([last, update]);
    if (both && both.length <= limit) groups[groups.length - 1] = both;
    else groups.push(update);
  }
  return groups;
}
