// The live protocol of `docs/protocol.md` for a page: follow streams, send commands. One per tab.
//
//   const live = new Live(personId, browserPorts());
//   const room = live.follow("room:7", { renew(state, head) {…}, apply(events) {…}, here(people) {…} });
//   room.send("message.post", { text }, { keep: true });      // into the outbox: see live.outbox.items("room:7")
//   room.signal("typing");
//   live.onStatus((status) => …);
//   live.start();

import { Outbox } from "./outbox";
import type { Doors } from "./carrier";
import type { Ports } from "./ports";
import { Sender, type Sent } from "./sender";
import type { Follower, StreamPhase } from "./stream";
import { Subscription } from "./subscription";
import { Transport } from "./transport";
import type { ConnectionStatus, LiveEvent, ServerFrame, StreamName } from "./types";

export interface SendOptions {
  /** Keep it when it is refused, for the person to send again or delete. For what they wrote. */
  readonly keep?: boolean;
  /** What the page needs to show it until its event comes; never sent. */
  readonly show?: unknown;
  /** It means this moment: when the connection is lost before the answer, it is turned down and not sent later. */
  readonly isForNow?: boolean;
}

/** A stream that is followed, as its page holds it. */
export interface Following {
  readonly name: StreamName;
  readonly phase: StreamPhase;
  /** The last event that was applied. */
  readonly head: number;
  /** Throws OutboxFull. */
  send(name: string, data: object, options?: SendOptions): Sent;
  /** At most one of a name in three seconds; false when it was not sent. */
  signal(name: string, data?: object): boolean;
  /** Whether the person reads along; the read marker stands still when not, and on a hidden page. */
  setReading(isReading: boolean): void;
  /** Asks for a fresh state. */
  refresh(): void;
  close(): void;
}

export class Live {
  readonly outbox: Outbox;
  readonly #ports: Ports;
  readonly #transport: Transport;
  readonly #sender: Sender;
  readonly #subscriptions = new Map<StreamName, Subscription>();
  readonly #statusListeners = new Set<(status: ConnectionStatus) => void>();
  #stopHints: () => void = () => {};

  constructor(person: number, ports: Ports, doors?: Doors) {
    this.#ports = ports;
    this.outbox = new Outbox(person, ports);
    this.#transport = new Transport(person, ports, doors);
    this.#sender = new Sender(this.outbox, ports, (frame) => this.#transport.send(frame));
  }

  start(): void {
    this.#ports.onStart?.(this);
    this.#stopHints = this.#ports.onHint((hint) => {
      if (hint === "visible" || hint === "hidden") this.#attend(hint === "visible");
    });
    this.#transport.start({
      frame: (frame) => this.#take(frame),
      status: (status) => this.#note(status),
    });
  }

  stop(): void {
    this.#stopHints();
    this.#transport.stop();
  }

  get status(): ConnectionStatus {
    return this.#transport.status;
  }

  onStatus(listener: (status: ConnectionStatus) => void): () => void {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  }

  retryNow(): void {
    this.#transport.retryNow();
  }

  /** The server's time in milliseconds, as well as it is known. */
  now(): number {
    return this.#transport.serverClock.now();
  }

  /** `after`: the last event that the page has already, with its first paint; without it a fresh state comes. */
  follow<State, Event extends LiveEvent>(
    name: StreamName,
    follower: Follower<State, Event>,
    after: number | null = null,
  ): Following {
    if (this.#subscriptions.has(name)) throw new Error(`${name} is followed already`);
    const subscription = this.#subscribe(name, follower as unknown as Follower, after);
    if (this.status.phase === "live") subscription.connected();
    return {
      name,
      get phase() {
        return subscription.phase;
      },
      get head() {
        return subscription.applied;
      },
      send: (command, data, options) => this.send(name, command, data, options),
      signal: (signal, data = {}) => subscription.sendSignal(signal, data),
      setReading: (isReading) => subscription.setReading(isReading),
      refresh: () => subscription.refresh(),
      close: () => this.#unsubscribe(name, subscription),
    };
  }

  /** A command to any stream, followed or not. Throws OutboxFull. */
  send(stream: StreamName, name: string, data: object, { keep = false, show = null, isForNow }: SendOptions = {}): Sent {
    const after = this.#subscriptions.get(stream)?.applied ?? 0;
    return this.#sender.submit({ stream, name, data, after, keep, show, isForNow });
  }

  sendAgain(id: string): void {
    this.#sender.sendAgain(id);
  }

  #subscribe(name: StreamName, follower: Follower, after: number | null): Subscription {
    const wire = {
      clock: this.#ports.clock,
      random: this.#ports.random,
      send: this.#transport.send.bind(this.#transport),
      applied: this.outbox.settle.bind(this.outbox),
    };
    const subscription = new Subscription(name, follower, after, wire, this.#transport.isVisible);
    this.#subscriptions.set(name, subscription);
    return subscription;
  }

  #unsubscribe(name: StreamName, subscription: Subscription): void {
    if (this.#subscriptions.get(name) !== subscription) return;
    subscription.close();
    this.#subscriptions.delete(name);
    this.outbox.settle(name, Infinity);
  }

  #attend(isVisible: boolean): void {
    for (const subscription of this.#subscriptions.values()) subscription.attend(isVisible);
  }

  #note(status: ConnectionStatus): void {
    if (status.phase !== "live") {
      if (status.trouble === "frame_too_large") this.#sender.refuseUnderWay();
      this.#sender.disconnected();
      for (const subscription of this.#subscriptions.values()) subscription.disconnected();
    }
    for (const listener of this.#statusListeners) listener(status);
  }

  #take(frame: ServerFrame): void {
    if (frame.op === "hello") return this.#begin(frame);
    if (frame.op === "done") return this.#done(frame);
    if (frame.op === "refused") return this.#refused(frame);
    if (frame.op === "pong") return;
    if (frame.op !== "head") return this.#subscriptions.get(frame.stream)?.take(frame);
    for (const [stream, head] of Object.entries(frame.streams)) this.#subscriptions.get(stream)?.head(head);
  }

  #begin(hello: ServerFrame & { op: "hello" }): void {
    this.#sender.frameBytes = hello.limits["frame_bytes"] ?? this.#sender.frameBytes;
    this.#sender.disconnected();
    for (const subscription of this.#subscriptions.values()) subscription.connected();
    this.#sender.connected();
  }

  #done(frame: ServerFrame & { op: "done" }): void {
    this.#sender.done(frame);
    const subscription = this.#subscriptions.get(frame.stream);
    this.outbox.settle(frame.stream, subscription?.applied ?? Infinity);
    subscription?.head(frame.seq);
  }

  #refused(frame: ServerFrame & { op: "refused" }): void {
    if (frame.id !== null) this.#sender.refused(frame);
    else if (frame.stream) this.#subscriptions.get(frame.stream)?.refused(frame);
  }
}
