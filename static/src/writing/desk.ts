// All field editors of one page: whether everything is saved, and the buttons that need it to be.

import { type ReadonlySignal, computed, signal } from "@preact/signals";
import { t } from "../i18n";
import { OutboxFull } from "../live/outbox";
import { CommandRefused, type Sent } from "../live/sender";
import { type FieldEditor, isRefused } from "./field_editor";

export class WritingDesk {
  /** Something that this person wrote is not on the server yet. */
  readonly isUnsaved: ReadonlySignal<boolean>;
  /** Two versions of a field wait for this person's choice, or a field was turned down. */
  readonly isStuck: ReadonlySignal<boolean>;
  /** Why the last press was not done. */
  readonly complaint = signal<string | null>(null);
  readonly #editors = signal<readonly FieldEditor<never>[]>([]);

  constructor() {
    this.isUnsaved = computed(() => this.#editors.value.some(({ isOpen }) => isOpen.value));
    this.isStuck = computed(() => this.#editors.value.some(isRefused));
  }

  take(editors: readonly unknown[]): void {
    this.#editors.value = editors as readonly FieldEditor<never>[];
  }

  /** Saves what waits, then presses the button if all of it could be saved. */
  async pressSaved(send: () => Sent): Promise<boolean> {
    await Promise.all(this.#editors.value.map((editor) => editor.flush()));
    if (!this.isStuck.value) return this.press(send);
    this.complaint.value = t("Something is not saved yet. Look at the marked fields first.");
    return false;
  }

  /** Tells whether it was done; if not, `complaint` says why. */
  async press(send: () => Sent): Promise<boolean> {
    this.complaint.value = null;
    try {
      await send().done;
      return true;
    } catch (error) {
      if (!(error instanceof CommandRefused) && !(error instanceof OutboxFull)) throw error;
      this.complaint.value = error.message || t("This did not work. Try again.");
      return false;
    }
  }

  stop(): void {
    for (const editor of this.#editors.value) {
      void editor.flush();
      editor.stop();
    }
  }
}
