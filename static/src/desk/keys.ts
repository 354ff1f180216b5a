// Shortcuts of one key. They can be turned off (WCAG 2.1.4), and are off while somebody writes or chooses.

import { signal } from "@preact/signals";

const KEPT_AS = "synergy.desk.keys";

export class Keys {
  readonly areOn;
  readonly #storage: Storage | null;

  constructor(storage: Storage | null) {
    this.#storage = storage;
    this.areOn = signal(storage?.getItem(KEPT_AS) !== "off");
  }

  set(areOn: boolean): void {
    this.areOn.value = areOn;
    try {
      this.#storage?.setItem(KEPT_AS, areOn ? "on" : "off");
    } catch {
      // Kept for this page only where the browser keeps nothing.
    }
  }

  /** `press` says whether the key meant something. */
  listen(press: (key: string) => boolean): void {
    document.addEventListener("keydown", (event) => {
      if (!this.areOn.value || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
      if (isWriting(event.target) || document.querySelector("dialog[open]") !== null) return;
      if (press(event.key.length === 1 ? event.key.toLowerCase() : event.key)) event.preventDefault();
    });
  }
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}
