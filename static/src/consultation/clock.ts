// The clock of a step: what is left of it, by the server's time. Milliseconds, unless said otherwise.

import { formatLeft } from "../openspace/clock";
import type { PhaseCard, ProtocolCard, RunCard } from "./types";

const SECOND = 1_000;
const MINUTE = 60_000;
const DAY = 86_400_000;

/** Before the end of a step, said aloud. */
export const LANDINGS = [2 * MINUTE, 0] as const;

export function lengthOf({ minutes, days }: PhaseCard): number {
  return minutes * MINUTE + days * DAY;
}

/** Below zero in overtime; null when no clock runs or stands. */
export function leftOf(run: RunCard, now: number): number | null {
  if (run.state === "paused" && run.paused_left !== null) return run.paused_left * SECOND;
  if (run.state !== "running" || run.phase_ends_at === null) return null;
  return Date.parse(run.phase_ends_at) - now;
}

/** 5:42; +1:20 in overtime. */
export function figureOf(left: number): string {
  return left >= 0 ? formatLeft(left) : `+${formatLeft(-left - SECOND + 1)}`;
}

/** From 1 at the start of the step down to 0 at its end. A step that was made longer is full until then. */
export function shareLeft(phase: PhaseCard, left: number): number {
  const length = lengthOf(phase);
  return length === 0 ? 0 : Math.min(1, Math.max(0, left / length));
}

/** Whole days; the last one until it is over. */
export function daysLeft(left: number): number {
  return left > DAY ? Math.round(left / DAY) : Math.max(0, Math.ceil(left / DAY));
}

export interface Reopening {
  /** An index. */
  readonly phase: number;
  /** When it begins, if every step takes its time; ISO 8601, null while the clock stands. */
  readonly at: string | null;
}

/** The next step in which the case giver does not only listen; null when none comes. */
export function reopeningFor({ phases }: ProtocolCard, run: RunCard): Reopening | null {
  const next = phases.findIndex((phase, at) => at > run.phase && phase.listening === "");
  if (next < 0) return null;
  if (run.phase_ends_at === null) return { phase: next, at: null };
  const between = phases.slice(run.phase + 1, next).reduce((sum, phase) => sum + lengthOf(phase), 0);
  return { phase: next, at: new Date(Date.parse(run.phase_ends_at) + between).toISOString() };
}

/** The landing that was passed between two looks at the clock; null for none. */
export function landingBetween(before: number, left: number): number | null {
  return LANDINGS.filter((landing) => landing < before && left <= landing).at(-1) ?? null;
}
