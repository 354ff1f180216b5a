// What is open on the page, and where the eye and the focus are. Nothing here outlives a reload.

import { signal } from "@preact/signals";

/** The paper beside the talk. */
export type Panel =
  | { readonly kind: "thread"; readonly root: number }
  | { readonly kind: "pinned" }
  /** The papers of a topic, in a room that is a space of a gathering. */
  | { readonly kind: "notes" }
  | { readonly kind: "report" };

export type Dialog =
  | { readonly kind: "remove"; readonly seq: number }
  | { readonly kind: "versions"; readonly seq: number }
  | { readonly kind: "language"; readonly seq: number }
  | { readonly kind: "date" }
  | { readonly kind: "archive" }
  | { readonly kind: "poll" }
  | { readonly kind: "spaces" }
  | { readonly kind: "call" };

/** Which part a narrow window shows. */
export type Part = "chat" | "people" | "panel";

/** The log and the thread show messages at the same time; each has its own message in focus. */
export type Place = "log" | "thread" | "pinned";

export class Ui {
  readonly panel = signal<Panel | null>(null);
  /** What lies there again when a thread is closed. */
  readonly resting = signal<Panel | null>(null);
  readonly part = signal<Part>("chat");
  readonly dialog = signal<Dialog | null>(null);
  readonly editing = signal<{ readonly seq: number; readonly place: Place } | null>(null);
  /** The message that Tab leads to, per place; null is the newest. */
  readonly current = signal<Readonly<Record<Place, number | null>>>({ log: null, thread: null, pinned: null });
  /** A message to bring into view as soon as it is drawn. */
  readonly sought = signal<{ readonly seq: number } | null>(null);
  /** Counts the messages that were sent from here: the log then goes to its end. */
  readonly justSent = signal(0);
  /** The paper that the person has just opened takes the focus. */
  readonly paperSought = signal(false);
  /** A text that could not be sent and goes back to its composer, to be changed. */
  readonly returned = signal<{ readonly root: number | null; readonly text: string } | null>(null);
  /** The thread whose text field is to take the focus. */
  readonly replyTo = signal<number | null>(null);
  /** A short word on what was done or what did not work. */
  readonly toast = signal<string | null>(null);
  /** What the composers want said aloud; see `view/Announcer.tsx`. */
  readonly spoken = signal("");
  #toastTimer: ReturnType<typeof setTimeout> | undefined;

  openThread(root: number): void {
    this.panel.value = { kind: "thread", root };
    this.part.value = "panel";
  }

  openPinned(): void {
    this.panel.value = { kind: "pinned" };
    this.part.value = "panel";
  }

  /** Opens the notes or the report, and brings a narrow window to them. */
  openPaper(kind: "notes" | "report"): void {
    this.restOn({ kind });
    this.part.value = "panel";
    this.paperSought.value = true;
  }

  /** Lays it beside the talk; a narrow window stays where it is. */
  restOn(panel: Panel): void {
    this.resting.value = panel;
    this.panel.value = panel;
  }

  closePanel(): void {
    const isResting = this.panel.value === this.resting.value;
    if (isResting) this.resting.value = null;
    this.panel.value = this.resting.value;
    this.part.value = "chat";
  }

  closeDialog(): void {
    this.dialog.value = null;
  }

  setCurrent(place: Place, seq: number): void {
    if (this.current.value[place] !== seq) this.current.value = { ...this.current.value, [place]: seq };
  }

  say(text: string): void {
    clearTimeout(this.#toastTimer);
    this.toast.value = text;
    this.#toastTimer = setTimeout(() => (this.toast.value = null), 6_000);
  }
}
