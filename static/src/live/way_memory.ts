// Remembers on this computer that WebSockets did not get through, so that the next page does not wait five
// seconds for one again, and when to try once more.

import type { Clock, Keep } from "./ports";

const KEY = "synergy.way";
const FIRST_RETRY = 60_000;
const LAST_RETRY = 3_600_000;

interface Memory {
  readonly fallbacks: number;
  readonly retryAt: number;
}

export class WayMemory {
  readonly #clock: Clock;
  readonly #storage: Keep | null;
  #memory: Memory | null;

  constructor(clock: Clock, storage: Keep | null) {
    this.#clock = clock;
    this.#storage = storage;
    this.#memory = recalled(storage);
  }

  /** Milliseconds until a WebSocket is worth a try. */
  get socketIn(): number {
    const wait = (this.#memory?.retryAt ?? 0) - this.#clock.now();
    // A clock that was set back must not keep somebody on the slow way for a year.
    return wait > LAST_RETRY ? 0 : Math.max(0, wait);
  }

  socketWorked(): void {
    this.#remember(null);
  }

  /** Plain HTTP got through where the WebSocket did not. */
  socketFailed(): void {
    const fallbacks = this.#memory?.fallbacks ?? 0;
    const wait = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** fallbacks);
    this.#remember({ fallbacks: Math.min(fallbacks + 1, 10), retryAt: this.#clock.now() + wait });
  }

  #remember(memory: Memory | null): void {
    this.#memory = memory;
    try {
      if (memory === null) this.#storage?.removeItem(KEY);
      else this.#storage?.setItem(KEY, JSON.stringify(memory));
    } catch {
      // Then only this page remembers.
    }
  }
}

function recalled(storage: Keep | null): Memory | null {
  try {
    const memory = JSON.parse(storage?.getItem(KEY) ?? "null") as Memory | null;
    return typeof memory?.retryAt === "number" && typeof memory.fallbacks === "number" ? memory : null;
  } catch {
    return null;
  }
}
