// What people should know of a placement. Warnings only: nothing is forbidden. sessions/openspace/checks.py
// says the same of the same cards, but for `both_marked`, which is for the viewer alone.

import type { GatheringStateCard, PlaceCard, SlotCard, SpaceCard, TopicCard } from "./types";

export type WarningKind =
  /** Another topic stands in the same slot and space. */
  | "space_twice"
  /** A convener or co-convener is wanted in two places in a slot. */
  | "convener_twice"
  /** A topic that it should not stand at the same time with does. */
  | "not_with"
  /** More interest, or a greater wish, than the space has room for. */
  | "too_small"
  | "in_break"
  /** The space or slot is not there any more, or a wish names a topic that is not on offer any more. */
  | "gone"
  /** The viewer marked two topics of a slot. */
  | "both_marked";

export interface Warning {
  readonly kind: WarningKind;
  readonly topic: number;
  /** Null for what does not depend on a placement. */
  readonly slot: number | null;
  readonly space: number | null;
  /** The other topics concerned. */
  readonly others: readonly number[];
  /** The persons concerned: conveners in two places. */
  readonly people: readonly number[];
}

export type Board = Pick<GatheringStateCard, "spaces" | "slots" | "topics">;

/** What the checks look up, made once per state of the board. */
export interface BoardIndex {
  readonly topics: ReadonlyMap<number, TopicCard>;
  readonly slots: ReadonlyMap<number, SlotCard>;
  readonly spaces: ReadonlyMap<number, SpaceCard>;
  /** slot → what stands in it, by the topics' numbers. */
  readonly standing: ReadonlyMap<number, readonly Standing[]>;
}

interface Standing {
  readonly topic: TopicCard;
  readonly place: PlaceCard;
}

export function boardIndex({ spaces, slots, topics }: Board): BoardIndex {
  const standing = new Map<number, Standing[]>();
  for (const topic of topics) {
    if (topic.state !== "offered") continue;
    for (const place of topic.places) {
      const inSlot = standing.get(place.slot);
      if (inSlot === undefined) standing.set(place.slot, [{ topic, place }]);
      else inSlot.push({ topic, place });
    }
  }
  return { topics: byId(topics), slots: byId(slots), spaces: byId(spaces), standing };
}

/** Every warning of the board, by topic in the order of their numbers, then by placement. */
export function warningsOf(board: Board, me: number | null = null): Warning[] {
  const index = boardIndex(board);
  return board.topics.flatMap((topic) => topicWarnings(index, topic, me));
}

/** `me`: the viewer, for `both_marked`. */
export function topicWarnings(index: BoardIndex, topic: TopicCard, me: number | null = null): Warning[] {
  if (topic.state !== "offered") return [];
  const wishes = goneWishes(index, topic);
  const placed = topic.places.flatMap((place) => placeWarnings(index, topic, place, me));
  return wishes.length > 0 ? [...placed, { kind: "gone", topic: topic.id, slot: null, space: null, others: wishes, people: [] }] : placed;
}

/** What would be said if the topic stood there: for who looks for a place. */
export function placeWarnings(index: BoardIndex, topic: TopicCard, place: PlaceCard, me: number | null = null): Warning[] {
  const at = { topic: topic.id, slot: place.slot, space: place.space };
  const beside = (index.standing.get(place.slot) ?? []).filter((each) => each.topic.id !== topic.id);
  const found: Warning[] = [];
  const warn = (kind: WarningKind, others: readonly TopicCard[] = [], people: readonly number[] = []) =>
    found.push({ kind, ...at, others: others.map(({ id }) => id), people });

  const slot = index.slots.get(place.slot);
  const space = index.spaces.get(place.space);
  if (slot === undefined || space === undefined || space.is_removed) warn("gone");
  const sameSpace = beside.filter((each) => each.place.space === place.space).map((each) => each.topic);
  if (sameSpace.length > 0) warn("space_twice", sameSpace);
  const shared = beside.map((each) => each.topic).filter((other) => sharedConveners(topic, other).length > 0);
  if (shared.length > 0) warn("convener_twice", shared, [...new Set(shared.flatMap((other) => sharedConveners(topic, other)))]);
  const unwished = beside.map((each) => each.topic).filter((other) => isUnwished(topic, other));
  if (unwished.length > 0) warn("not_with", unwished);
  const wanted = Math.max(topic.interested.length, topic.wished_capacity ?? 0);
  if (space !== undefined && space.capacity !== null && wanted > space.capacity) warn("too_small");
  if (slot?.kind === "break") warn("in_break");
  if (me !== null && topic.interested.includes(me)) {
    const marked = beside.map((each) => each.topic).filter((other) => other.interested.includes(me));
    if (marked.length > 0) warn("both_marked", marked);
  }
  return found;
}

export function conveners(topic: TopicCard): readonly number[] {
  return topic.convener === null ? topic.co_conveners : [topic.convener, ...topic.co_conveners];
}

function sharedConveners(one: TopicCard, other: TopicCard): readonly number[] {
  return conveners(one).filter((id) => id === other.convener || other.co_conveners.includes(id));
}

/** Whoever of the two said it. */
function isUnwished(one: TopicCard, other: TopicCard): boolean {
  return one.not_with.includes(other.id) || other.not_with.includes(one.id);
}

function goneWishes({ topics }: BoardIndex, topic: TopicCard): readonly number[] {
  return topic.not_with.filter((id) => topics.get(id)?.state !== "offered");
}

function byId<Card extends { readonly id: number }>(cards: readonly Card[]): ReadonlyMap<number, Card> {
  return new Map(cards.map((card) => [card.id, card]));
}
