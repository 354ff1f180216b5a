// The wall as rows and columns, and where on it there is room. sessions/openspace/board.py draws the same.

import { phaseOf } from "./clock";
import type { GatheringStateCard, PlaceCard, SlotCard, SpaceCard, TopicCard } from "./types";

export type WallCards = Pick<GatheringStateCard, "spaces" | "slots" | "topics">;

export function isOffered(topic: TopicCard): boolean {
  return topic.state === "offered";
}

/** The spaces for topics, and any other in which a topic stands all the same. */
export function columns({ spaces, topics }: WallCards): SpaceCard[] {
  const used = new Set(topics.filter(isOffered).flatMap((topic) => topic.places.map((place) => place.space)));
  return spaces.filter((space) => used.has(space.id) || (space.kind === "topic" && !space.is_removed));
}

/** Whether a topic can still be placed there. */
export function isOpenFor(slot: SlotCard): boolean {
  return slot.kind === "round" && phaseOf(slot) !== "over";
}

/** Whether a topic waits, is on, or stands in a round that is still to come. */
export function isAhead(topic: TopicCard, slots: readonly SlotCard[]): boolean {
  if (!isOffered(topic)) return false;
  const isOver = (id: number) => slots.some((slot) => slot.id === id && phaseOf(slot) === "over");
  return topic.places.length === 0 || topic.places.some(({ slot }) => !isOver(slot));
}

/** Ids of the topics that went together with another, by the one that stands for them all on the wall. */
export function mergedTopics(topics: readonly TopicCard[]): ReadonlyMap<number, readonly number[]> {
  const into = new Map(topics.flatMap(({ id, merged_into }) => (merged_into === null ? [] : [[id, merged_into] as const])));
  const found = new Map<number, number[]>();
  for (const [id, next] of into) {
    let last = next;
    for (let further = into.get(last); further !== undefined && further !== id; further = into.get(last)) last = further;
    found.set(last, [...(found.get(last) ?? []), id]);
  }
  return found;
}

export function cellKey({ slot, space }: PlaceCard): string {
  return `${slot}:${space}`;
}

/** Free cells, the nearest first: the same round in another space, then the same space in another round. */
export function freeCellsNear(board: WallCards, near: PlaceCard, most = 6): PlaceCard[] {
  const taken = new Set(board.topics.filter(isOffered).flatMap((topic) => topic.places.map(cellKey)));
  const slots = board.slots.filter(isOpenFor);
  const spaces = board.spaces.filter((space) => space.kind === "topic" && !space.is_removed);
  const slotAt = board.slots.findIndex(({ id }) => id === near.slot);
  const spaceAt = spaces.findIndex(({ id }) => id === near.space);
  const far = (place: PlaceCard) => {
    const slotsAway = Math.abs(board.slots.findIndex(({ id }) => id === place.slot) - slotAt);
    const spacesAway = Math.abs(spaces.findIndex(({ id }) => id === place.space) - spaceAt);
    return slotsAway * 3 + spacesAway;
  };
  return slots
    .flatMap((slot) => spaces.map((space) => ({ slot: slot.id, space: space.id })))
    .filter((place) => !taken.has(cellKey(place)))
    .sort((one, other) => far(one) - far(other))
    .slice(0, most);
}
