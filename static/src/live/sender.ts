// Sends what is in the outbox: one command of a stream at a time, so that their order holds, and each again
// with the same id until it is answered.

import { t } from "../i18n";
import { fullJitter } from "./backoff";
import type { Outbox, OutboxItem, Refusal } from "./outbox";
import type { Ports, Timer } from "./ports";
import type { ClientFrame, DoneFrame, RefusedFrame, StreamName } from "./types";

const ANSWER_WITHIN = 20_000;
const MOST_TRIES = 12;
const FRAME_BYTES = 64 * 1024;

export class CommandRefused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.detail || refusal.code);
    this.refusal = refusal;
  }
}

/** `done` rejects with CommandRefused. It may stay open for long: there may be no connection. */
export interface Sent {
  readonly id: string;
  readonly done: Promise<DoneFrame>;
}

interface Waiter {
  resolve(done: DoneFrame): void;
  reject(reason: CommandRefused): void;
}

export class Sender {
  frameBytes = FRAME_BYTES;
  readonly #outbox: Outbox;
  readonly #ports: Ports;
  readonly #send: (frame: ClientFrame) => boolean;
  readonly #waiters = new Map<string, Waiter>();
  readonly #tries = new Map<string, number>();
  /** Per stream: until when an answer may come, or until when the stream has to wait. */
  readonly #timers = new Map<StreamName, Timer>();

  constructor(outbox: Outbox, ports: Ports, send: (frame: ClientFrame) => boolean) {
    this.#outbox = outbox;
    this.#ports = ports;
    this.#send = send;
  }

  /** Throws OutboxFull. */
  submit(command: Pick<OutboxItem, "stream" | "name" | "data" | "after" | "keep" | "show" | "isForNow">): Sent {
    const { id, stream } = this.#outbox.add(command);
    const done = new Promise<DoneFrame>((resolve, reject) => this.#waiters.set(id, { resolve, reject }));
    // Who shows the outbox need not wait for the promise.
    done.catch(() => {});
    this.#flush(stream);
    return { id, done };
  }

  /** With the same id: a refusal changed nothing, and what was never answered may have been done. */
  sendAgain(id: string): void {
    const item = this.#outbox.item(id);
    if (item?.state !== "not_sent") return;
    this.#tries.delete(id);
    this.#outbox.markWaiting(id);
    this.#flush(item.stream);
  }

  connected(): void {
    for (const stream of this.#outbox.streams()) this.#flush(stream);
  }

  disconnected(): void {
    for (const timer of this.#timers.values()) this.#ports.clock.cancel(timer);
    this.#timers.clear();
    for (const item of this.#underWay()) {
      if (item.isForNow) this.#fail(item, noAnswer());
      else this.#outbox.markWaiting(item.id);
    }
  }

  /** The connection was closed because of what is under way. */
  refuseUnderWay(): void {
    for (const item of this.#underWay()) this.#fail(item, tooLarge());
  }

  done(frame: DoneFrame): void {
    const item = this.#outbox.item(frame.id);
    if (item === undefined) return;
    this.#outbox.markSent(frame.id, frame.seq);
    this.#waiters.get(frame.id)?.resolve(frame);
    this.#finish(item);
  }

  refused(frame: RefusedFrame): void {
    const item = frame.id === null ? undefined : this.#outbox.item(frame.id);
    if (item?.state !== "sending") return;
    const isLater = frame.code === "rate_limited" || frame.code === "busy";
    if (isLater && this.#triesOf(item.id) < MOST_TRIES) return this.#sendLater(item, frame.retry_after);
    const { op: _op, id: _id, stream: _stream, ...refusal } = frame;
    this.#fail(item, refusal);
  }

  #underWay(): readonly OutboxItem[] {
    return this.#outbox.items().filter((item) => item.state === "sending");
  }

  #flush(stream: StreamName): void {
    if (this.#timers.has(stream)) return;
    const item = this.#outbox.next(stream);
    if (item === null) return;
    const frame = { op: "do", id: item.id, stream, name: item.name, data: item.data } as const;
    if (new TextEncoder().encode(JSON.stringify(frame)).length > this.frameBytes) return this.#fail(item, tooLarge());
    if (!this.#send(frame)) return;
    this.#tries.set(item.id, this.#triesOf(item.id) + 1);
    this.#outbox.markSending(item.id);
    this.#pause(stream, ANSWER_WITHIN, () => this.#noAnswer(item));
  }

  #noAnswer(item: OutboxItem): void {
    if (this.#triesOf(item.id) >= MOST_TRIES) return this.#fail(item, noAnswer());
    this.#outbox.markWaiting(item.id);
    this.#flush(item.stream);
  }

  #sendLater(item: OutboxItem, retryAfter = 1): void {
    this.#outbox.markWaiting(item.id);
    const jitter = fullJitter(this.#triesOf(item.id), this.#ports.random);
    this.#pause(item.stream, retryAfter * 1000 + jitter, () => this.#flush(item.stream));
  }

  #fail(item: OutboxItem, refusal: Refusal): void {
    this.#outbox.markNotSent(item.id, refusal);
    this.#waiters.get(item.id)?.reject(new CommandRefused(refusal));
    this.#finish(item);
  }

  #finish({ id, stream }: OutboxItem): void {
    this.#waiters.delete(id);
    this.#tries.delete(id);
    this.#ports.clock.cancel(this.#timers.get(stream) ?? null);
    this.#timers.delete(stream);
    this.#flush(stream);
  }

  #pause(stream: StreamName, milliseconds: number, then: () => void): void {
    this.#ports.clock.cancel(this.#timers.get(stream) ?? null);
    const timer = this.#ports.clock.after(milliseconds, () => {
      this.#timers.delete(stream);
      then();
    });
    this.#timers.set(stream, timer);
  }

  #triesOf(id: string): number {
    return this.#tries.get(id) ?? 0;
  }
}

function tooLarge(): Refusal {
  return { code: "too_large", detail: t("This is too long. Send less at once.") };
}

function noAnswer(): Refusal {
  return { code: "no_answer", detail: t("The server did not answer. Send it again.") };
}
