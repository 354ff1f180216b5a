// The server's time, told from round trips: the quickest of the last ones is the most exact.

import type { Clock } from "./ports";

const SAMPLES = 8;

interface Sample {
  /** Milliseconds to add to the local clock. */
  readonly offset: number;
  readonly roundTrip: number;
}

export class ServerClock {
  readonly #clock: Clock;
  #samples: Sample[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `sentAt` is the local time at which the question left; null when the server spoke unasked. */
  learn(serverTime: string, sentAt: number | null): void {
    const now = this.#clock.now();
    const roundTrip = sentAt === null ? Infinity : now - sentAt;
    const middle = sentAt === null ? now : (sentAt + now) / 2;
    const offset = Date.parse(serverTime) - middle;
    if (Number.isNaN(offset) || roundTrip < 0) return;
    this.#samples = [...this.#samples, { offset, roundTrip }].slice(-SAMPLES);
  }

  /** Milliseconds that the server is ahead of this computer. */
  get offset(): number {
    const quickest = this.#samples.reduce((best, next) => (next.roundTrip <= best.roundTrip ? next : best), NOTHING);
    return quickest.offset;
  }

  /** Milliseconds of the quickest round trip, or null before the first. */
  get roundTrip(): number | null {
    const quickest = Math.min(...this.#samples.map((sample) => sample.roundTrip));
    return Number.isFinite(quickest) ? quickest : null;
  }

  now(): number {
    return this.#clock.now() + this.offset;
  }
}

const NOTHING: Sample = { offset: 0, roundTrip: Infinity };
