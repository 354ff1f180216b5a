// One stream on its way through connections that come and go: opens it, finds holes, opens it again with
// `after`, acknowledges, and keeps outgoing signals rare.

import { Acknowledger } from "./acknowledger";
import type { Clock, Timer } from "./ports";
import { FollowedStream, type Follower, type StreamPhase } from "./stream";
import type { ClientFrame, OpenedFrame, RefusedFrame, ServerFrame, StreamName } from "./types";

/** What is on its way gets this long to come before it counts as lost. */
const HOLE_WAIT = 1_500;
const OPENED_WITHIN = 15_000;
const SIGNAL_EVERY = 3_000;

/** The frames that speak of one stream. */
export type StreamFrame = Extract<ServerFrame, { op: "opened" | "events" | "here" | "signal" | "lagged" | "closed" }>;

export interface Wire {
  readonly clock: Clock;
  readonly random: () => number;
  send(frame: ClientFrame): boolean;
  /** Everything up to `seq` is applied. */
  applied(stream: StreamName, seq: number): void;
}

export class Subscription {
  readonly #name: StreamName;
  readonly #wire: Wire;
  readonly #stream: FollowedStream;
  readonly #acknowledger: Acknowledger;
  readonly #signalled = new Map<string, number>();
  #isOpening = false;
  #isVisible: boolean;
  #isReading = true;
  #openTimer: Timer = null;
  #holeTimer: Timer = null;

  constructor(name: StreamName, follower: Follower, after: number | null, wire: Wire, isVisible: boolean) {
    this.#name = name;
    this.#wire = wire;
    this.#isVisible = isVisible;
    this.#stream = new FollowedStream(follower, after);
    this.#acknowledger = new Acknowledger(wire.clock, isVisible, (seq, read) =>
      wire.send({ op: "seen", stream: name, seq, read }),
    );
  }

  get applied(): number {
    return this.#stream.applied ?? 0;
  }

  get phase(): StreamPhase {
    return this.#stream.phase;
  }

  connected(): void {
    if (this.#stream.isOver) return;
    this.#stream.reopening();
    this.#open();
  }

  disconnected(): void {
    this.#isOpening = false;
    this.#stopTimers();
    if (!this.#stream.isOver) this.#stream.reopening();
  }

  /** Asks for a fresh state, whatever is known. */
  refresh(): void {
    this.#stream.forget();
    this.#open();
  }

  close(): void {
    this.#stopTimers();
    this.#acknowledger.reading(false);
    this.#acknowledger.stop();
    this.#wire.send({ op: "close", stream: this.#name });
  }

  attend(isVisible: boolean): void {
    this.#isVisible = isVisible;
    this.#acknowledger.reading(isVisible && this.#isReading);
  }

  setReading(isReading: boolean): void {
    this.#isReading = isReading;
    this.#acknowledger.reading(isReading && this.#isVisible);
  }

  /** False when it was not sent: no connection, or the same signal went out a moment ago. */
  sendSignal(name: string, data: object): boolean {
    const now = this.#wire.clock.now();
    if (this.#stream.phase !== "live" || now - (this.#signalled.get(name) ?? -Infinity) < SIGNAL_EVERY) return false;
    const isSent = this.#wire.send({ op: "signal", stream: this.#name, name, data });
    if (isSent) this.#signalled.set(name, now);
    return isSent;
  }

  take(frame: StreamFrame): void {
    switch (frame.op) {
      case "opened":
        return this.#opened(frame);
      case "events":
        this.#stream.receive(frame.events);
        return this.#afterApplying();
      case "here":
        return this.#stream.presence(frame.joined, frame.left);
      case "signal":
        return this.#stream.signal(frame.name, frame.by, frame.data);
      case "lagged":
        return this.#open();
      case "closed":
        this.#stopTimers();
        return this.#stream.end(frame.code);
    }
  }

  head(head: number): void {
    this.#stream.noteHead(head);
    this.#lookForHole();
  }

  /** A refusal that names this stream and no command: of the open, if one is under way. */
  refused({ code, retry_after }: RefusedFrame): void {
    if (!this.#isOpening) return;
    this.#stopTimers();
    if (code === "not_found" || code === "forbidden") return this.#stream.end(code);
    this.#openAfter((retry_after ?? 1) * 1000 * (1 + this.#wire.random()));
  }

  #opened(frame: OpenedFrame): void {
    if (this.#stream.isOver) return;
    this.#isOpening = false;
    this.#wire.clock.cancel(this.#openTimer);
    this.#stream.opened(frame);
    // An answer to an open that was followed by `refresh`.
    if (this.#stream.applied === null) return this.#open();
    this.#afterApplying();
  }

  #open(): void {
    this.#wire.clock.cancel(this.#holeTimer);
    this.#holeTimer = null;
    this.#isOpening = this.#wire.send({ op: "open", stream: this.#name, after: this.#stream.applied });
    if (this.#isOpening) this.#openAfter(OPENED_WITHIN);
  }

  #openAfter(milliseconds: number): void {
    this.#wire.clock.cancel(this.#openTimer);
    this.#openTimer = this.#wire.clock.after(milliseconds, () => this.#open());
  }

  #afterApplying(): void {
    const seq = this.#stream.applied;
    if (seq === null) return;
    this.#acknowledger.applied(seq);
    this.#wire.applied(this.#name, seq);
    this.#lookForHole();
  }

  /** Looks again after a while: behind without having moved means that something was lost. */
  #lookForHole(): void {
    if (this.#holeTimer !== null || this.#isOpening || !this.#stream.isBehind || this.#stream.isOver) return;
    const before = this.#stream.applied;
    this.#holeTimer = this.#wire.clock.after(HOLE_WAIT, () => {
      this.#holeTimer = null;
      if (this.#stream.isBehind && this.#stream.applied === before) this.#open();
      else this.#lookForHole();
    });
  }

  #stopTimers(): void {
    this.#wire.clock.cancel(this.#openTimer);
    this.#wire.clock.cancel(this.#holeTimer);
    this.#holeTimer = null;
  }
}
