// `seen`: tells the server how far a stream was applied. It is the read marker and the flow control, so it
// must be neither late nor frequent: once a second, or at once after 100 events.

import type { Clock, Timer } from "./ports";

const EVERY = 1_000;
const EVENTS = 100;

export class Acknowledger {
  readonly #clock: Clock;
  readonly #send: (seq: number, read: boolean) => boolean;
  #told = 0;
  #toldRead = 0;
  #applied = 0;
  #isReading: boolean;
  #timer: Timer | null = null;

  /** `isReading`: the person has the stream before their eyes. `send` tells whether there was a connection. */
  constructor(clock: Clock, isReading: boolean, send: (seq: number, read: boolean) => boolean) {
    this.#clock = clock;
    this.#isReading = isReading;
    this.#send = send;
  }

  applied(seq: number): void {
    this.#applied = seq;
    if (seq - this.#told >= EVENTS) this.#tell();
    else this.#plan();
  }

  reading(isReading: boolean): void {
    // Whoever looks away, or leaves the page, has read what was there until now.
    if (this.#isReading && !isReading) this.#tell();
    this.#isReading = isReading;
    this.#plan();
  }

  stop(): void {
    this.#clock.cancel(this.#timer);
    this.#timer = null;
  }

  #plan(): void {
    if (this.#timer === null && this.#hasNews) this.#timer = this.#clock.after(EVERY, () => this.#tell());
  }

  get #hasNews(): boolean {
    return this.#applied > this.#told || (this.#isReading && this.#applied > this.#toldRead);
  }

  #tell(): void {
    this.stop();
    // What could not be told now is told after the next open.
    if (!this.#hasNews || !this.#send(this.#applied, this.#isReading)) return;
    this.#told = this.#applied;
    if (this.#isReading) this.#toldRead = this.#applied;
  }
}
