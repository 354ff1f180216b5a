// The server's time as a signal that ticks with the seconds, while it is wanted.

import { type ReadonlySignal, signal } from "@preact/signals";

export class ServerTime {
  readonly #now;
  readonly #read: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `read`: the server's time in milliseconds. */
  constructor(read: () => number) {
    this.#read = read;
    this.#now = signal(read());
  }

  /** Milliseconds since 1970. */
  get now(): ReadonlySignal<number> {
    return this.#now;
  }

  start(): void {
    clearTimeout(this.#timer);
    this.#now.value = this.#read();
    this.#timer = setTimeout(() => this.start(), 1000 - (this.#now.value % 1000));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
