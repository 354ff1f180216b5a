// Shows the seconds go by. A bar for the eye only; what is said aloud is said by the steps.

import { tn } from "../i18n";
import { DURATION } from "./check";
import { part } from "./view";

const TICK = 250;

export class ProgressBar {
  readonly #bar: HTMLProgressElement;
  readonly #left: HTMLElement;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(root: ParentNode) {
    this.#bar = part<HTMLProgressElement>(root, "[data-progress]");
    this.#left = part(root, "[data-left]");
  }

  start(): void {
    const start = Date.now();
    this.#bar.hidden = false;
    this.#tick(start);
    this.#timer = setInterval(() => this.#tick(start), TICK);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#bar.hidden = true;
    this.#left.textContent = "";
  }

  #tick(start: number): void {
    const gone = Math.min(DURATION - 1, Date.now() - start);
    this.#bar.value = (100 * gone) / DURATION;
    const seconds = Math.ceil((DURATION - gone) / 1000);
    this.#left.textContent = tn("About {n} second left", "About {n} seconds left", seconds);
  }
}
