// One followed stream: applies each event once and in order, whatever comes twice, early, late or not at all.
// No timers and no network here; the protocol asks it what to do.

import type { LiveEvent, OpenedFrame } from "./types";

/** What a page gives to `Live.follow`: how it takes in a stream. */
export interface Follower<State = unknown, Event extends LiveEvent = LiveEvent> {
  /** A fresh state, which replaces everything that was known. */
  renew(state: State, head: number): void;
  /** Events in order, each once. */
  apply(events: readonly Event[]): void;
  /** The ids of the people who are in the stream now. */
  here?(people: readonly number[]): void;
  signal?(name: string, by: number | null, data: unknown): void;
  /** `catching_up`: events that were missed are on their way. Never call a stream empty before `live`. */
  phase?(phase: StreamPhase): void;
}

export type StreamPhase = "opening" | "catching_up" | "live" | "revoked" | "ended" | "moved" | "forbidden" | "not_found";

/** Events that came before their turn; past it they are dropped and asked for again. */
const EARLY_EVENTS = 2_000;

export class FollowedStream {
  readonly #follower: Follower;
  readonly #early = new Map<number, LiveEvent>();
  #applied: number | null;
  #head = 0;
  #people: readonly number[] = [];
  #phase: StreamPhase = "opening";

  constructor(follower: Follower, after: number | null) {
    this.#follower = follower;
    this.#applied = after;
  }

  /** The last event that was applied; null before the first state. */
  get applied(): number | null {
    return this.#applied;
  }

  get phase(): StreamPhase {
    return this.#phase;
  }

  get isOver(): boolean {
    return this.#phase !== "opening" && this.#phase !== "catching_up" && this.#phase !== "live";
  }

  /** Whether there are events that this stream has not got. */
  get isBehind(): boolean {
    return this.#applied === null || this.#applied < this.#head;
  }

  /** Forgets what was applied, so that the next open brings a fresh state. */
  forget(): void {
    this.#applied = null;
    this.#early.clear();
  }

  /** A new connection asks for the stream again. */
  reopening(): void {
    this.#setPhase(this.#applied === null ? "opening" : "catching_up");
  }

  opened({ head, state, here }: OpenedFrame): void {
    if (state !== null) {
      this.#applied = head;
      this.#head = head;
      dropUpTo(this.#early, head);
      this.#follower.renew(state, head);
    }
    if (this.#applied === null) return;
    this.#head = Math.max(this.#head, head);
    this.#applyEarly();
    this.#setPhase(this.isBehind ? "catching_up" : "live");
    this.#setPeople(here);
  }

  /** Takes in events; tells how many were new. */
  receive(events: readonly LiveEvent[]): number {
    if (this.#applied === null) return 0;
    for (const event of events) {
      this.#head = Math.max(this.#head, event.seq);
      if (event.seq > this.#applied && this.#early.size < EARLY_EVENTS) this.#early.set(event.seq, event);
    }
    const applied = this.#applyEarly();
    if (!this.isBehind && this.#phase === "catching_up") this.#setPhase("live");
    return applied;
  }

  /** The server's newest number. */
  noteHead(head: number): void {
    this.#head = Math.max(this.#head, head);
  }

  presence(joined: readonly number[], left: readonly number[]): void {
    const gone = new Set(left);
    this.#setPeople([...new Set([...this.#people.filter((id) => !gone.has(id)), ...joined])]);
  }

  signal(name: string, by: number | null, data: unknown): void {
    this.#follower.signal?.(name, by, data);
  }

  end(phase: StreamPhase): void {
    this.#setPhase(phase);
    this.#setPeople([]);
  }

  #applyEarly(): number {
    const run: LiveEvent[] = [];
    let seq = this.#applied ?? 0;
    for (let next = this.#early.get(seq + 1); next !== undefined; next = this.#early.get(seq + 1)) {
      this.#early.delete(next.seq);
      run.push(next);
      seq = next.seq;
    }
    if (run.length === 0) return 0;
    this.#applied = seq;
    this.#follower.apply(run);
    return run.length;
  }

  #setPeople(people: readonly number[]): void {
    this.#people = people;
    this.#follower.here?.(people);
  }

  #setPhase(phase: StreamPhase): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#follower.phase?.(phase);
  }
}

function dropUpTo(early: Map<number, LiveEvent>, head: number): void {
  for (const seq of early.keys()) if (seq <= head) early.delete(seq);
}
