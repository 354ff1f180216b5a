// What is open on the page of a consultation, and what was just said. Nothing here outlives a reload.

import { signal } from "@preact/signals";

export type Dialog =
  | { readonly kind: "finish" }
  /** `suggestion`: the entry that it is written from; `recommendation`: the one that is changed. */
  | { readonly kind: "recommend"; readonly suggestion: number | null; readonly recommendation: number | null }
  | { readonly kind: "withdraw"; readonly recommendation: number }
  | { readonly kind: "remove"; readonly entry: number }
  | { readonly kind: "give_up"; readonly commitment: number };

export class ConsultationUi {
  readonly dialog = signal<Dialog | null>(null);
  /** A short word on what was done or what did not work. */
  readonly toast = signal<string | null>(null);
  /** What a screen reader is told. */
  readonly spoken = signal("");
  /** A button of the clock is under way: a second press waits for the first. */
  readonly isMoving = signal(false);
  /** When one was pressed last: local clock, milliseconds. */
  movedAt = 0;
  #spokenTimer: ReturnType<typeof setTimeout> | undefined;
  #toastTimer: ReturnType<typeof setTimeout> | undefined;

  open(dialog: Dialog): void {
    this.dialog.value = dialog;
  }

  close(): void {
    this.dialog.value = null;
  }

  /** Shown, and read out by its live region. */
  say(text: string): void {
    clearTimeout(this.#toastTimer);
    this.toast.value = text;
    this.#toastTimer = setTimeout(() => (this.toast.value = null), 6_000);
  }

  /** Read out, and not shown: the page shows it already. It goes again, so that nobody comes upon it when it is old. */
  speak(text: string): void {
    clearTimeout(this.#spokenTimer);
    this.spoken.value = text;
    this.#spokenTimer = setTimeout(() => (this.spoken.value = ""), 10_000);
  }
}
