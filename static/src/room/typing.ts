// Who is writing now. Signals may be lost, so each one counts for a few seconds only.

import { signal } from "@preact/signals";

const LASTS = 5_000;
const SAY_EVERY = 2_500;

export class Typing {
  /** Ids, in the order in which they began. */
  readonly people = signal<readonly number[]>([]);
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  readonly #say: () => void;
  #saidAt = 0;

  constructor(say: () => void) {
    this.#say = say;
  }

  /** The person at this computer pressed a key. */
  iAmWriting(): void {
    const now = Date.now();
    if (now - this.#saidAt < SAY_EVERY) return;
    this.#saidAt = now;
    this.#say();
  }

  /** The message is sent: the next key is told at once. */
  iHaveSent(): void {
    this.#saidAt = 0;
  }

  heard(person: number): void {
    clearTimeout(this.#timers.get(person));
    this.#timers.set(person, setTimeout(() => this.ended(person), LASTS));
    if (!this.people.value.includes(person)) this.people.value = [...this.people.value, person];
  }

  /** Nobody can write any more. */
  allEnded(): void {
    for (const person of this.people.value) this.ended(person);
  }

  ended(person: number): void {
    clearTimeout(this.#timers.get(person));
    if (this.#timers.delete(person)) this.people.value = this.people.value.filter((id) => id !== person);
  }
}
