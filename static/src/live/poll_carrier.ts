// Plain HTTP that behaves like the socket: the same frames go in and come out, each followed stream is one
// request that waits for news. For networks that block WebSockets.

import type { Carrier, CarrierEvents, Doors } from "./carrier";
import { DoorFailure, HttpDoor } from "./http_door";
import type { Ports } from "./ports";
import { StreamPoll } from "./stream_poll";
import type { ClientFrame, DoFrame, SeenFrame, StreamName, Trouble } from "./types";

export class PollCarrier implements Carrier {
  readonly way = "polling";
  readonly #ports: Ports;
  readonly #events: CarrierEvents;
  readonly #door: HttpDoor;
  readonly #polls = new Map<StreamName, StreamPoll>();
  #isVisible: boolean;
  #isOver = false;

  constructor(ports: Ports, doors: Doors, events: CarrierEvents, isVisible: boolean) {
    this.#ports = ports;
    this.#events = events;
    this.#door = new HttpDoor(ports, doors);
    this.#isVisible = isVisible;
    void this.#guard(this.#greet());
  }

  send(frame: ClientFrame): boolean {
    if (this.#isOver) return false;
    switch (frame.op) {
      case "open":
        this.#open(frame.stream, frame.after);
        return true;
      case "close":
        this.#end(frame.stream);
        return true;
      case "do":
        void this.#guard(this.#command(frame));
        return true;
      case "seen":
        void this.#guard(this.#seen(frame));
        return true;
      case "ping":
        void this.#guard(this.#ping(frame.t));
        return true;
      case "signal":
        return false;
    }
  }

  check(): void {
    this.send({ op: "ping", t: this.#ports.clock.now() });
  }

  attend(isVisible: boolean): void {
    this.#isVisible = isVisible;
    for (const poll of this.#polls.values()) poll.attend(isVisible);
  }

  close(): void {
    this.#isOver = true;
    this.#door.close();
    for (const poll of this.#polls.values()) poll.stop();
  }

  async #greet(): Promise<void> {
    const { now, person } = await this.#door.probe();
    if (person === null) throw new DoorFailure("signed_out");
    if (!this.#isOver) this.#events.frame({ op: "hello", v: 1, person, now, limits: {} });
  }

  async #ping(t: number): Promise<void> {
    const { now } = await this.#door.probe();
    if (!this.#isOver) this.#events.frame({ op: "pong", t, now });
  }

  #open(stream: StreamName, after: number | null): void {
    this.#end(stream);
    const tell: CarrierEvents["frame"] = (frame) => void (this.#isOver || this.#events.frame(frame));
    const poll = new StreamPoll(this.#ports, this.#door, stream, this.#isVisible, tell);
    this.#polls.set(stream, poll);
    void this.#guard(poll.run(after));
  }

  #end(stream: StreamName): void {
    this.#polls.get(stream)?.stop();
    this.#polls.delete(stream);
  }

  async #command(frame: DoFrame): Promise<void> {
    const answer = await this.#door.command(frame);
    if (!this.#isOver) this.#events.frame(answer);
  }

  async #seen({ stream, seq, read }: SeenFrame): Promise<void> {
    // Who polls acknowledges by asking for what comes next; only the read marker has to be told.
    if (read) await this.#door.markRead(stream, seq);
  }

  async #guard(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (this.#isOver) return;
      if (!(error instanceof DoorFailure)) throw error;
      this.#fall(error.trouble);
    }
  }

  #fall(trouble: Trouble): void {
    this.close();
    this.#events.down(trouble);
  }
}
