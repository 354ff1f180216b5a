// Time, chance, storage and network in the hands of a test.

import type { Clock, Hint, Keep, Ports, SocketLike, Timer } from "../../../static/src/live/ports";

/** Stands still until told. */
export class FakeClock implements Clock {
  #now = Date.parse("2022-02-08T10:00:00Z");
  #timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, run: () => void): Timer {
    const timer = { at: this.#now + Math.max(0, milliseconds), run };
    this.#timers.push(timer);
    return timer;
  }

  cancel(timer: Timer): void {
    this.#timers = this.#timers.filter((other) => other !== timer);
  }

  get pending(): number {
    return this.#timers.length;
  }

  /** Lets time pass; promises that are due settle after each timer. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settle();
    for (let next = this.#nextUntil(end); next !== undefined; next = this.#nextUntil(end)) {
      this.#now = Math.max(this.#now, next.at);
      this.cancel(next);
      next.run();
      await settle();
    }
    this.#now = end;
  }

  #nextUntil(end: number): { at: number; run: () => void } | undefined {
    return this.#timers.filter((timer) => timer.at <= end).sort((one, other) => one.at - other.at)[0];
  }
}

/** Lets promises that wait for nothing but each other run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

export class FakeStorage implements Keep {
  readonly map = new Map<string, string>();
  isBroken = false;

  get length(): number {
    return this.map.size;
  }

  key(index: number): string | null {
    return [...this.map.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.map.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.isBroken) throw new Error("QuotaExceededError");
    this.map.set(key, value);
  }

  removeItem(key: string): void {
    this.map.delete(key);
  }
}

export class FakeSocket implements SocketLike {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];
  isClosed = false;

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(): void {
    this.isClosed = true;
  }

  /** A frame from the server. */
  say(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  /** The server, or the network, ends it. */
  end(code = 1006): void {
    this.onclose?.({ code, reason: "" });
  }

  sentOf(op: string): Record<string, unknown>[] {
    return this.sent.filter((frame) => frame["op"] === op);
  }
}

export type Answer = { status?: number; body: unknown } | "unreachable" | "silence";

export class Surroundings {
  readonly clock = new FakeClock();
  readonly storage = new FakeStorage();
  readonly sockets: FakeSocket[] = [];
  readonly requests: { url: string; method: string; body: unknown }[] = [];
  readonly ports: Ports;
  answer: (url: string, method: string, body: unknown) => Answer = () => "unreachable";
  random = 0.5;
  chance = (): number => this.random;
  #ids = 0;
  #hintListeners = new Set<(hint: Hint) => void>();
  #storageListeners = new Set<(key: string, value: string | null) => void>();

  constructor(storage?: FakeStorage) {
    if (storage) this.storage = storage;
    this.ports = {
      clock: this.clock,
      openSocket: () => {
        const socket = new FakeSocket();
        this.sockets.push(socket);
        return socket;
      },
      fetch: (url, init) => this.#fetch(url, init),
      random: () => this.chance(),
      uuid: () => `00000000-0000-4000-8000-${String(++this.#ids).padStart(12, "0")}`,
      storage: this.storage,
      onStorage: (changed) => listened(this.#storageListeners, changed),
      onHint: (heard) => listened(this.#hintListeners, heard),
    };
  }

  get socket(): FakeSocket {
    const last = this.sockets.at(-1);
    if (last === undefined) throw new Error("no socket was opened");
    return last;
  }

  hint(hint: Hint): void {
    for (const heard of this.#hintListeners) heard(hint);
  }

  otherTab(key: string, value: string | null): void {
    for (const changed of this.#storageListeners) changed(key, value);
  }

  async #fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : null;
    const method = init.method ?? "GET";
    this.requests.push({ url, method, body });
    const answer = this.answer(url, method, body);
    if (answer === "unreachable") throw new TypeError("Failed to fetch");
    if (answer === "silence") return silence(init.signal);
    return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 });
  }
}

/** An answer that never comes, until the request is broken off. */
function silence(signal: AbortSignal | null | undefined): Promise<Response> {
  return new Promise((_, reject) => {
    const breakOff = () => reject(new DOMException("", "AbortError"));
    if (signal?.aborted) breakOff();
    else signal?.addEventListener("abort", breakOff);
  });
}

function listened<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const ME = 41;

export function hello(clock: FakeClock, ahead = 0): object {
  return { op: "hello", v: 1, person: ME, now: new Date(clock.now() + ahead).toISOString(), limits: { frame_bytes: 65536 } };
}
