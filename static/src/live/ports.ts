// What the live layer needs from its surroundings. `browser.ts` gives the real ones, tests give their own,
// so that time, chance and network are in the hands of the test.

export type Timer = unknown;

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  after(milliseconds: number, run: () => void): Timer;
  cancel(timer: Timer): void;
}

/** The part of `Storage` that is used; may throw when full or forbidden. */
export interface Keep {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface SocketLike {
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

/** What the browser says about its surroundings. Hints: good for trying sooner, not to be believed. */
export type Hint = "online" | "offline" | "visible" | "hidden";

export interface Ports {
  readonly clock: Clock;
  readonly openSocket: (url: string, subprotocol: string) => SocketLike;
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly uuid: () => string;
  /** Null when the browser forbids it; then nothing outlives the page. */
  readonly storage: Keep | null;
  /** Calls back when another tab changed `key`; gives the way to stop it. */
  readonly onStorage: (changed: (key: string, value: string | null) => void) => () => void;
  readonly onHint: (heard: (hint: Hint) => void) => () => void;
  /** Told of each `Live` that starts, so that what every page has may follow a stream through it. */
  readonly onStart?: (live: unknown) => void;
}
