// How lively the rooms are: messages by minute, hands, where people have been, and what they call for. Pure.

import type { Activity } from "../room/types";

const MINUTE = 60_000;
/** Minutes that the desk looks back. */
export const MINUTES = 10;

/** `minutes`: {whole minutes since 1970: messages} */
export interface RoomTalk {
  readonly minutes: Readonly<Record<string, number>>;
  /** The newest message of the last minutes. */
  readonly last: string | null;
  /** In the order in which they were raised. */
  readonly hands: readonly number[];
}

/** sessions/openspace/queries/desk.py */
export interface DeskCard {
  readonly rooms: Readonly<Record<string, RoomTalk>>;
  /** {person: spaces where they have been} */
  readonly been: Readonly<Record<string, readonly number[]>>;
  /** {call: what was said} of those that are not closed. */
  readonly calls: Readonly<Record<string, string>>;
}

const SILENT: RoomTalk = { minutes: {}, last: null, hands: [] };

export function talkIn(desk: DeskCard, room: number): RoomTalk {
  return desk.rooms[room] ?? SILENT;
}

/** Counts what an activity signal tells; hands it only announces, see `isAboutHands`. */
export function heard(desk: DeskCard, activity: Activity, now: number): DeskCard {
  const room = Number(activity.stream.split(":")[1]);
  const posts = activity.names["message.posted"] ?? 0;
  if (posts === 0 || desk.rooms[room] === undefined) return desk;
  const { minutes, hands } = talkIn(desk, room);
  const minute = Math.floor(now / MINUTE);
  const kept = Object.entries(minutes).filter(([each]) => Number(each) > minute - MINUTES);
  const next = { ...Object.fromEntries(kept), [minute]: (minutes[minute] ?? 0) + posts };
  return { ...desk, rooms: { ...desk.rooms, [room]: { minutes: next, last: new Date(now).toISOString(), hands } } };
}

/** Whose hands are up, the signal does not say. */
export function isAboutHands(activity: Activity): boolean {
  return "hand.raised" in activity.names || "hand.lowered" in activity.names;
}

export function movedTo(desk: DeskCard, person: number, space: number | null): DeskCard {
  const before = desk.been[person] ?? [];
  if (space === null || before.includes(space)) return desk;
  return { ...desk, been: { ...desk.been, [person]: [...before, space] } };
}

/** Messages of each of the last minutes, the present one last. */
export function perMinute({ minutes }: RoomTalk, now: number): number[] {
  const last = Math.floor(now / MINUTE);
  return Array.from({ length: MINUTES }, (_none, at) => minutes[last - MINUTES + 1 + at] ?? 0);
}

/** Whole minutes without a message, counted from `since` at the earliest; 0 while people talk. */
export function quietMinutes({ last }: RoomTalk, since: number, now: number): number {
  const from = Math.max(since, last === null ? 0 : Date.parse(last));
  return Math.max(0, Math.floor((now - from) / MINUTE));
}
