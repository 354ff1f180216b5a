// Cards of a gathering, whole, with what a test does not care about filled in.

import type {
  GatheringCard,
  GatheringEvent,
  GatheringStateCard,
  PersonCard,
  SlotCard,
  SpaceCard,
  TopicCard,
} from "../../../static/src/openspace/types";

export const ME = 7;
export const AT = "2022-02-10T09:00:00Z";

export function gathering(changes: Partial<GatheringCard> = {}): GatheringCard {
  return {
    id: 1,
    session: 1,
    on: "2022-02-10",
    theme: { en: "What did we see on our visits?" },
    givens: {},
    sponsor: "",
    stage: "marketplace",
    is_market_open: true,
    runs_by_clock: true,
    circle: null,
    voting: "off",
    points_each: 5,
    voters: 0,
    results: null,
    closed_at: null,
    ...changes,
  };
}

export function space(id: number, changes: Partial<SpaceCard> = {}): SpaceCard {
  return {
    id,
    room: 100 + id,
    name: `Space ${id}`,
    kind: "topic",
    capacity: null,
    is_hard: false,
    position: id,
    is_removed: false,
    ...changes,
  };
}

/** Rounds of 45 minutes, an hour apart: slot 1 is from 10:00 UTC. */
export function slot(id: number, changes: Partial<SlotCard> = {}): SlotCard {
  const hour = String(9 + id).padStart(2, "0");
  return {
    id,
    kind: "round",
    title: "",
    starts_at: `2022-02-10T${hour}:00:00Z`,
    ends_at: `2022-02-10T${hour}:45:00Z`,
    started_at: null,
    ended_at: null,
    is_removed: false,
    ...changes,
  };
}

/** `places`: pairs of slot and space. */
export function topic(id: number, places: readonly [number, number][] = [], changes: Partial<TopicCard> = {}): TopicCard {
  return {
    id,
    number: id,
    title: `Topic ${id}`,
    why: "",
    language: "en",
    convener: 10 + id,
    co_conveners: [],
    not_with: [],
    wished_capacity: null,
    state: "offered",
    merged_into: null,
    did_not_happen: false,
    places: places.map(([inSlot, inSpace]) => ({ slot: inSlot, space: inSpace })),
    interested: [],
    report: "none",
    notes: null,
    proposed_by: 10 + id,
    at: AT,
    ...changes,
  };
}

export function person(id: number, changes: Partial<PersonCard> = {}): PersonCard {
  return { id, name: `Person ${id}`, country: "PL", institution: "Office", role: "participant", language: "en", picture: null, ...changes };
}

export function board(changes: Partial<GatheringStateCard> = {}): GatheringStateCard {
  return {
    gathering: gathering(),
    spaces: [space(1), space(2)],
    slots: [slot(1), slot(2)],
    topics: [],
    requests: [],
    calls: [],
    news: [],
    actions: [],
    words: [],
    where: {},
    people: { [ME]: person(ME) },
    me: ME,
    rights: { take_part: true, facilitate: false, why_not: null },
    ...changes,
  };
}

export function event(seq: number, name: GatheringEvent["name"], data: object, by: number | null = ME): GatheringEvent {
  return { seq, name, at: AT, by, data } as GatheringEvent;
}
