// One stream over plain HTTP: asks, waits at the server, asks again, and tells what came as frames.

import { DoorFailure, type EventsAnswer, type HttpDoor, isRefusal, type StateAnswer } from "./http_door";
import type { Ports, Timer } from "./ports";
import type { RefusedFrame, ServerFrame, StreamName } from "./types";

const LONGEST_WAIT = 25;
const SHORTEST_WAIT = 3;
/** A hidden page asks now and then: browsers open six requests per site at most, for all tabs together. */
const HIDDEN_EVERY = 30_000;
/** Past this many missed events a fresh state costs less. */
const REPLAY_LIMIT = 2_000;
/** A request that broke after this long was cut by something that does not like to wait. */
const CUT_AFTER = 5_000;

export class StreamPoll {
  readonly #ports: Ports;
  readonly #door: HttpDoor;
  readonly #stream: StreamName;
  readonly #tell: (frame: ServerFrame) => void;
  #isVisible: boolean;
  #isOver = false;
  #wait = LONGEST_WAIT;
  #here: readonly number[] = [];
  #sleep: { timer: Timer; wake: () => void } | null = null;

  constructor(
    ports: Ports,
    door: HttpDoor,
    stream: StreamName,
    isVisible: boolean,
    tell: (frame: ServerFrame) => void,
  ) {
    this.#ports = ports;
    this.#door = door;
    this.#stream = stream;
    this.#isVisible = isVisible;
    this.#tell = (frame) => void (this.#isOver || tell(frame));
  }

  attend(isVisible: boolean): void {
    this.#isVisible = isVisible;
    if (isVisible) this.#wakeUp();
  }

  stop(): void {
    this.#isOver = true;
    this.#wakeUp();
  }

  /** Until stopped or closed by the server. Throws DoorFailure when the site is out of reach. */
  async run(after: number | null): Promise<void> {
    let seq = after === null ? await this.#openFresh() : await this.#reopen(after);
    while (!this.#isOver && seq !== null) {
      if (!this.#isVisible) await this.#rest(HIDDEN_EVERY);
      if (!this.#isOver) seq = await this.#next(seq);
    }
  }

  async #openFresh(): Promise<number | null> {
    const answer = await this.#patiently<StateAnswer>(() => this.#door.state(this.#stream));
    if (isRefusal(answer)) return this.#refuse(answer);
    this.#opened(answer.head, answer.state, answer.here);
    return answer.head;
  }

  async #reopen(after: number): Promise<number | null> {
    const answer = await this.#patiently<EventsAnswer>(() => this.#door.events(this.#stream, after, 0));
    if (isRefusal(answer)) return this.#refuse(answer);
    if (answer.head < after || answer.head > after + REPLAY_LIMIT) return this.#openFresh();
    this.#opened(answer.head, null, answer.here ?? []);
    return this.#events(after, answer);
  }

  /** The number up to which there are events now, or null when the stream was taken away. */
  async #next(after: number): Promise<number | null> {
    const wait = this.#isVisible ? this.#wait : 0;
    const askedAt = this.#ports.clock.now();
    try {
      const answer = await this.#patiently<EventsAnswer>(() => this.#door.events(this.#stream, after, wait));
      if (isRefusal(answer)) return this.#close();
      this.#meet(answer.here ?? this.#here);
      return this.#events(after, answer);
    } catch (error) {
      if (this.#wasCut(error, askedAt)) return after;
      throw error;
    }
  }

  #wasCut(error: unknown, askedAt: number): boolean {
    const isLate = this.#ports.clock.now() - askedAt >= CUT_AFTER;
    const isCut = error instanceof DoorFailure && error.trouble === "network" && isLate && this.#wait > SHORTEST_WAIT;
    if (isCut) this.#wait = Math.floor(this.#wait / 2);
    return isCut;
  }

  #events(after: number, { events }: EventsAnswer): number {
    if (events.length > 0) this.#tell({ op: "events", stream: this.#stream, events });
    return events.at(-1)?.seq ?? after;
  }

  #opened(head: number, state: unknown, here: readonly number[]): void {
    this.#here = here;
    this.#tell({ op: "opened", stream: this.#stream, head, state, here });
  }

  #meet(here: readonly number[]): void {
    const joined = here.filter((id) => !this.#here.includes(id));
    const left = this.#here.filter((id) => !here.includes(id));
    this.#here = here;
    if (joined.length + left.length > 0) this.#tell({ op: "here", stream: this.#stream, joined, left });
  }

  #refuse(refusal: RefusedFrame): null {
    this.#tell({ ...refusal, id: null, stream: this.#stream });
    return null;
  }

  #close(): null {
    this.#tell({ op: "closed", stream: this.#stream, code: "revoked" });
    return null;
  }

  /** Asks again after a refusal that only says "later". */
  async #patiently<Answer>(ask: () => Promise<Answer | RefusedFrame>): Promise<Answer | RefusedFrame> {
    for (;;) {
      const answer = await ask();
      const isLater = isRefusal(answer) && (answer.code === "rate_limited" || answer.code === "busy");
      if (!isLater || this.#isOver) return answer;
      await this.#rest((answer.retry_after ?? 1) * 1000 * (1 + this.#ports.random()));
    }
  }

  #rest(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      this.#sleep = { timer: this.#ports.clock.after(milliseconds, wake), wake };
    });
  }

  #wakeUp(): void {
    this.#ports.clock.cancel(this.#sleep?.timer ?? null);
    this.#sleep?.wake();
    this.#sleep = null;
  }
}
