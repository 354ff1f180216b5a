// Commands that the server has not answered yet. They outlive a reload and a crash of the tab: each lies in
// the browser's storage under the person's id, so that nobody else on the computer is shown it or sends it.
//
// Several tabs may hold one command. That is harmless: it keeps its id, and the server does it once.

import type { Clock, Keep, Ports } from "./ports";
import type { RefusedFrame, StreamName } from "./types";

export type OutboxState = "waiting" | "sending" | "sent" | "not_sent";

export interface OutboxItem {
  readonly id: string;
  readonly stream: StreamName;
  readonly name: string;
  readonly data: object;
  /** When it was made: local clock, milliseconds. Also the order of sending. */
  readonly at: number;
  /** The last event that was applied to the stream when it was made. */
  readonly after: number;
  /** Whether a refused command stays, for the person to send again or delete. */
  readonly keep: boolean;
  /** Whatever the page needs to show it; never sent. */
  readonly show: unknown;
  /** Whether it means this moment: it does not outlive the connection. */
  readonly isForNow?: boolean | undefined;
  /** `sent`: committed as `seq`, but that event has not come yet. */
  readonly state: OutboxState;
  readonly seq: number | null;
  /** Why it was not sent; null when it has only become too old to be sent without asking. */
  readonly refusal: Refusal | null;
}

export type Refusal = Omit<RefusedFrame, "op" | "id" | "stream">;
export type NewCommand = Pick<OutboxItem, "stream" | "name" | "data" | "after" | "keep" | "show" | "isForNow">;

export class OutboxFull extends Error {}

const MOST_ITEMS = 100;
/** After this long a command is not sent by itself any more: the talk has moved on. */
const ASK_AFTER = 24 * 3600 * 1000;
/** After this long what is left of anybody is removed from this computer. */
const FORGET_AFTER = 14 * 24 * 3600 * 1000;
const PREFIX = "synergy.outbox.";

type Stored = Omit<OutboxItem, "id" | "seq"> & { readonly v: 1 };

export class Outbox {
  readonly #clock: Clock;
  readonly #storage: Keep | null;
  readonly #uuid: () => string;
  readonly #prefix: string;
  readonly #items = new Map<string, OutboxItem>();
  readonly #listeners = new Set<() => void>();
  #latest = 0;

  constructor(person: number, ports: Pick<Ports, "clock" | "storage" | "uuid" | "onStorage">) {
    this.#clock = ports.clock;
    this.#storage = ports.storage;
    this.#uuid = ports.uuid;
    this.#prefix = `${PREFIX}${person}.`;
    this.#load();
    ports.onStorage((key, value) => this.#followOtherTab(key, value));
  }

  /** Oldest first. */
  items(stream?: StreamName): readonly OutboxItem[] {
    const items = [...this.#items.values()].sort((one, other) => one.at - other.at);
    return stream === undefined ? items : items.filter((item) => item.stream === stream);
  }

  item(id: string): OutboxItem | undefined {
    return this.#items.get(id);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Throws OutboxFull when too much is waiting; the page tells the person to wait for the connection. */
  add(command: NewCommand): OutboxItem {
    if (this.#items.size >= MOST_ITEMS) throw new OutboxFull();
    this.#latest = Math.max(this.#clock.now(), this.#latest + 1);
    const item = { ...command, id: this.#uuid(), at: this.#latest, state: "waiting", seq: null, refusal: null } as const;
    this.#put(item);
    return item;
  }

  /** The next command of the stream, unless one is on its way: that keeps their order. */
  next(stream: StreamName): OutboxItem | null {
    const items = this.items(stream);
    if (items.some((item) => item.state === "sending")) return null;
    const next = items.find((item) => item.state === "waiting") ?? null;
    if (next === null || this.#clock.now() - next.at <= ASK_AFTER) return next;
    this.#change(next.id, { state: "not_sent" });
    return this.next(stream);
  }

  streams(): ReadonlySet<StreamName> {
    return new Set([...this.#items.values()].map((item) => item.stream));
  }

  markSending(id: string): void {
    this.#change(id, { state: "sending", refusal: null });
  }

  markWaiting(id: string): void {
    this.#change(id, { state: "waiting", refusal: null });
  }

  /** Committed. It stays until `settle`, so that what it changed does not flicker. */
  markSent(id: string, seq: number): void {
    this.#change(id, { state: "sent", seq });
  }

  markNotSent(id: string, refusal: Refusal): void {
    if (this.#items.get(id)?.keep) this.#change(id, { state: "not_sent", refusal });
    else this.drop(id);
  }

  /** The events up to `seq` have come: drops what was waiting for them. */
  settle(stream: StreamName, seq: number): void {
    const settled = this.items(stream).filter((item) => item.seq !== null && item.seq <= seq);
    for (const item of settled) this.#items.delete(item.id);
    if (settled.length > 0) this.#tell();
  }

  drop(id: string): void {
    if (!this.#items.delete(id)) return;
    this.#write((storage) => storage.removeItem(this.#prefix + id));
    this.#tell();
  }

  #change(id: string, changes: Partial<OutboxItem>): void {
    const item = this.#items.get(id);
    if (item !== undefined) this.#put({ ...item, ...changes });
  }

  #put(item: OutboxItem): void {
    const before = this.#items.get(item.id);
    this.#items.set(item.id, item);
    if (stored(item) !== (before && stored(before))) {
      this.#write((storage) => {
        if (item.state === "sent") storage.removeItem(this.#prefix + item.id);
        else storage.setItem(this.#prefix + item.id, stored(item));
      });
    }
    this.#tell();
  }

  /** Storage that is full or forbidden costs the reload its unsent commands, nothing else. */
  #write(change: (storage: Keep) => void): void {
    try {
      if (this.#storage !== null) change(this.#storage);
    } catch {
      // The command is still in memory and is still sent.
    }
  }

  #load(): void {
    for (const [key, value] of storedCommands(this.#storage)) {
      const item = readStored(key.slice(key.lastIndexOf(".") + 1), value);
      const age = item === null ? Infinity : this.#clock.now() - item.at;
      if (item === null || age > FORGET_AFTER || item.isForNow) this.#write((storage) => storage.removeItem(key));
      else if (key.startsWith(this.#prefix)) this.#items.set(item.id, age > ASK_AFTER ? { ...item, state: "not_sent" } : item);
    }
    this.#latest = Math.max(0, ...this.items().map((item) => item.at));
  }

  #followOtherTab(key: string, value: string | null): void {
    if (!key.startsWith(this.#prefix)) return;
    const id = key.slice(this.#prefix.length);
    const mine = this.#items.get(id);
    if (mine === undefined || mine.state === "sending" || mine.state === "sent") return;
    const theirs = value === null ? null : readStored(id, value);
    if (theirs === null) this.#items.delete(id);
    else this.#items.set(id, theirs);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function storedCommands(storage: Keep | null): [string, string][] {
  try {
    const keys = Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index) ?? "");
    return keys.filter((key) => key.startsWith(PREFIX)).map((key) => [key, storage?.getItem(key) ?? ""]);
  } catch {
    return [];
  }
}

function stored(item: OutboxItem): string {
  const { id: _id, seq: _seq, ...rest } = item;
  const state = item.state === "sending" ? "waiting" : item.state;
  return JSON.stringify({ ...rest, state, v: 1 } satisfies Stored);
}

/** Null for what another version or another program wrote. */
function readStored(id: string, value: string): OutboxItem | null {
  try {
    const { v, ...item } = JSON.parse(value) as Stored;
    return v === 1 && typeof item.at === "number" ? { ...item, id, seq: null } : null;
  } catch {
    return null;
  }
}
