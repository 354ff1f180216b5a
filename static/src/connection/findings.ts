// What the connection check finds out. Times are milliseconds.

export interface Findings {
  readonly browser: BrowserFinding;
  readonly storage: StorageFinding;
  readonly site: SiteFinding;
  readonly socket: SocketFinding;
  readonly polling: PollingFinding;
}

export type Step = keyof Findings;

export interface BrowserFinding {
  /** "Firefox 128", or what the browser says of itself. */
  readonly name: string;
}

export interface StorageFinding {
  readonly cookies: boolean;
  /** Whether what is written survives a reload. */
  readonly local: boolean;
}

export interface SiteFinding {
  readonly roundTrips: readonly number[];
  readonly failures: number;
  /** How far the server's clock is ahead of this computer's; null when it was not reached. */
  readonly clockOffset: number | null;
  /** Who the cookie belongs to; null when signed out. */
  readonly person: number | null;
}

/**
 * `blocked`: never opened. `broke`: opened, and ended before its time. `signed_out`: opened, then turned
 * away, which shows that the network lets it through. `full`: too many tabs are open.
 */
export type SocketOutcome = "works" | "blocked" | "broke" | "signed_out" | "full";

export interface SocketFinding {
  readonly outcome: SocketOutcome;
  readonly opened: number | null;
  readonly roundTrips: readonly number[];
  readonly lost: number;
  /** How long it held. */
  readonly held: number;
  readonly closeCode: number | null;
}

/** `cut`: short requests come back, one that waits does not. `unknown`: there was no way to tell. */
export type PollingOutcome = "works" | "cut" | "blocked" | "unknown";

export interface PollingFinding {
  readonly outcome: PollingOutcome;
  readonly waited: number;
}

/** Null without values. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

export function worst(values: readonly number[]): number | null {
  return values.length > 0 ? Math.max(...values) : null;
}
