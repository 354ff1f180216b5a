// Time on the wall: which slot runs, how much is left, when a round lands. Milliseconds since 1970 by the
// server's clock, unless said otherwise.

import { formatTime, t, tn } from "../i18n";
import type { SlotCard, Stage } from "./types";

/** Minutes before the end of a round that are announced, and no others. */
export const LANDINGS = [10, 3, 1] as const;

const MINUTE = 60_000;

/** The rounds are left behind, also those that nobody started. */
export function isLate(stage: Stage): boolean {
  return stage === "converging" || stage === "closing" || stage === "closed";
}

export type SlotPhase = "to_come" | "running" | "over";

export function phaseOf(slot: SlotCard): SlotPhase {
  if (slot.ended_at !== null) return "over";
  return slot.started_at === null ? "to_come" : "running";
}

/** A break has no start button: it is on between its times. */
export function isBreakNow(slot: SlotCard, now: number): boolean {
  return slot.kind === "break" && Date.parse(slot.starts_at) <= now && now < Date.parse(slot.ends_at);
}

export function runningSlot(slots: readonly SlotCard[]): SlotCard | null {
  return slots.find((slot) => phaseOf(slot) === "running") ?? null;
}

/** What is on now: while a round runs, it alone, also where a break was planned for this time. */
export function isOn(slots: readonly SlotCard[], slot: SlotCard, now: number): boolean {
  return runningSlot(slots) === null ? isBreakNow(slot, now) : phaseOf(slot) === "running";
}

/** Ids of the slots that were held and are over. As `slots_over` in sessions/openspace/rules.py. */
export function slotsOver(stage: Stage, slots: readonly SlotCard[]): ReadonlySet<number> {
  const isUnknown = stage === "closed" && slots.every(({ started_at }) => started_at === null);
  return new Set(slots.filter(({ ended_at }) => isUnknown || ended_at !== null).map(({ id }) => id));
}

/** Rounds that nobody started, where others were: they are not held any more once the rounds are left. */
export function roundsLeft(slots: readonly SlotCard[]): readonly SlotCard[] {
  if (slots.every(({ started_at }) => started_at === null)) return [];
  return slots.filter(({ kind, started_at }) => kind === "round" && started_at === null);
}

/** Whether the rounds are left and this one was not held. As `rounds_left` in sessions/openspace/board.py. */
export function isLeftOut(stage: Stage, slots: readonly SlotCard[], slot: SlotCard): boolean {
  return isLate(stage) && roundsLeft(slots).some(({ id }) => id === slot.id);
}

/** The next round that has not started. */
export function nextRound(slots: readonly SlotCard[]): SlotCard | null {
  return slots.find((slot) => slot.kind === "round" && phaseOf(slot) === "to_come") ?? null;
}

/** Rounds are counted from 1 in the order of their times; breaks are not counted. */
export function roundNumber(slots: readonly SlotCard[], slot: SlotCard): number {
  return slots.filter(({ kind }) => kind === "round").findIndex(({ id }) => id === slot.id) + 1;
}

export function slotName(slots: readonly SlotCard[], slot: SlotCard): string {
  if (slot.title !== "") return slot.title;
  return slot.kind === "break" ? t("Break") : t("Round {number}", { number: roundNumber(slots, slot) });
}

/** When it began; as planned, before that. */
export function startOf({ started_at, starts_at }: SlotCard): string {
  return started_at ?? starts_at;
}

/** 11:15–12:00: as it was held, and as planned for what is to come. */
export function slotTimes(slot: SlotCard): string {
  return `${formatTime(startOf(slot))}–${formatTime(slot.ended_at ?? slot.ends_at)}`;
}

/** Milliseconds until its end; never below zero. */
export function leftOf(slot: SlotCard, now: number): number {
  return Math.max(0, Date.parse(slot.ends_at) - now);
}

/** From 1 at its start down to 0 at its end. */
export function shareLeft(slot: SlotCard, now: number): number {
  const start = Date.parse(startOf(slot));
  const length = Date.parse(slot.ends_at) - start;
  return length <= 0 ? 0 : Math.min(1, leftOf(slot, now) / length);
}

/** 23:10; 1:05:00 from an hour on. */
export function formatLeft(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/**
 * The landing that was passed between two looks at the clock; null for none. Of several, which a sleeping
 * computer passes at once, only the last is worth saying.
 */
export function landingBetween(slot: SlotCard, before: number, now: number): number | null {
  const end = Date.parse(slot.ends_at);
  const passed = LANDINGS.filter((minutes) => before < end - minutes * MINUTE && end - minutes * MINUTE <= now && now < end);
  return passed.at(-1) ?? null;
}

export function landingText(minutes: number): string {
  if (minutes === 10) return t("10 minutes left in this round. Begin the report: what did you find out?");
  return tn("{n} minute left in this round.", "{n} minutes left in this round.", minutes);
}
