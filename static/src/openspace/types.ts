// sessions/openspace/events.py in TypeScript: the cards of a gathering and the facts of its stream.
// Persons, topics, slots and spaces are ids. Times are ISO 8601, days are ISO dates.

import type { LiveEvent } from "../live/types";
import type { PersonCard } from "../room/types";

export type { PersonCard } from "../room/types";

export type Stage = "preparing" | "opening" | "marketplace" | "rounds" | "converging" | "closing" | "closed";
export type SpaceKind = "topic" | "plenary" | "lounge" | "quiet_room" | "help_desk";
export type SlotKind = "round" | "break";
export type TopicState = "offered" | "withdrawn" | "merged";
export type RequestKind = "merge" | "swap" | "continue";
export type RequestState = "open" | "accepted" | "refused" | "taken_back";
export type CallState = "open" | "taken" | "closed";
export type CircleKind = "opening" | "closing";
export type VotingState = "off" | "open" | "closed";
export type ReportState = "none" | "draft" | "confirmed";

/** {language: text} */
export type Texts = Readonly<Record<string, string>>;

/** The person at index `at` of `order` has the talking piece; nobody when `at` is its length. */
export interface CircleCard {
  readonly kind: CircleKind;
  readonly order: readonly number[];
  readonly at: number;
}

export interface GatheringCard {
  readonly id: number;
  readonly session: number;
  readonly on: string;
  readonly theme: Texts;
  readonly givens: Texts;
  readonly sponsor: string;
  readonly stage: Stage;
  readonly is_market_open: boolean;
  readonly runs_by_clock: boolean;
  readonly circle: CircleCard | null;
  readonly voting: VotingState;
  readonly points_each: number;
  /** How many people have given points. */
  readonly voters: number;
  /** {topic id: points}; null until the vote is closed. */
  readonly results: Readonly<Record<string, number>> | null;
  readonly closed_at: string | null;
}

export interface SpaceCard {
  readonly id: number;
  readonly room: number;
  readonly name: string;
  readonly kind: SpaceKind;
  /** People; null when it does not matter. */
  readonly capacity: number | null;
  readonly is_hard: boolean;
  readonly position: number;
  readonly is_removed: boolean;
}

/** It runs while `started_at` is set and `ended_at` is not. */
export interface SlotCard {
  readonly id: number;
  readonly kind: SlotKind;
  readonly title: string;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly is_removed: boolean;
}

export interface PlaceCard {
  readonly slot: number;
  readonly space: number;
}

/** `places` is empty while it waits. */
export interface TopicCard {
  readonly id: number;
  readonly number: number;
  readonly title: string;
  readonly why: string;
  readonly language: string;
  readonly convener: number | null;
  readonly co_conveners: readonly number[];
  readonly not_with: readonly number[];
  readonly wished_capacity: number | null;
  readonly state: TopicState;
  readonly merged_into: number | null;
  readonly did_not_happen: boolean;
  readonly places: readonly PlaceCard[];
  /** In the order in which they came. */
  readonly interested: readonly number[];
  readonly report: ReportState;
  /** Key of the stream `notes:<key>`. */
  readonly notes: number | null;
  readonly proposed_by: number;
  readonly at: string;
}

export interface RequestCard {
  readonly id: number;
  readonly kind: RequestKind;
  readonly by: number;
  readonly topic: number;
  readonly other: number | null;
  readonly from_slot: number | null;
  readonly slot: number | null;
  readonly space: number | null;
  readonly waiting_for: readonly number[];
  readonly state: RequestState;
  readonly at: string;
}

/** What was said is for who facilitates: `DeskCard.calls`. */
export interface CallCard {
  readonly id: number;
  readonly by: number;
  readonly space: number | null;
  readonly state: CallState;
  readonly taken_by: number | null;
  readonly at: string;
}

export interface NewsCard {
  readonly id: number;
  readonly by: number;
  readonly text: string;
  readonly language: string;
  readonly at: string;
}

export interface ActionCard {
  readonly id: number;
  readonly topic: number | null;
  readonly what: string;
  readonly convener: number;
  readonly first_step: string;
  readonly due: string | null;
  readonly by: number;
  readonly at: string;
  readonly is_removed: boolean;
}

/** `id` is the person's: each says one word. */
export interface WordCard {
  readonly id: number;
  readonly word: string;
  readonly at: string;
}

export interface GatheringRights {
  readonly take_part: boolean;
  readonly facilitate: boolean;
  readonly why_not: string | null;
}

/** The fresh state of a gathering for one person. */
export interface GatheringStateCard {
  readonly gathering: GatheringCard;
  readonly spaces: readonly SpaceCard[];
  readonly slots: readonly SlotCard[];
  readonly topics: readonly TopicCard[];
  /** Those that are open. */
  readonly requests: readonly RequestCard[];
  /** Those that are not closed. */
  readonly calls: readonly CallCard[];
  /** The newest 50, oldest first. */
  readonly news: readonly NewsCard[];
  readonly actions: readonly ActionCard[];
  readonly words: readonly WordCard[];
  /** {person id: space id}; who is not in it is nowhere. */
  readonly where: Readonly<Record<string, number>>;
  /** A directory, no part of the log: who meets an id that is not in it asks for a fresh state. */
  readonly people: Readonly<Record<string, PersonCard>>;
  readonly me: number;
  readonly rights: GatheringRights;
}

/** What most facts carry: the cards that they made or changed, whole. */
export interface Changes {
  readonly gathering?: GatheringCard;
  readonly spaces?: readonly SpaceCard[];
  readonly slots?: readonly SlotCard[];
  readonly topics?: readonly TopicCard[];
  readonly requests?: readonly RequestCard[];
  readonly calls?: readonly CallCard[];
  readonly news?: readonly NewsCard[];
  readonly actions?: readonly ActionCard[];
  readonly words?: readonly WordCard[];
}

export type ChangeName =
  | "gathering.changed"
  | "stage.set"
  | "market.set"
  | "space.set"
  | "slot.set"
  | "topic.proposed"
  | "topic.changed"
  | "topic.withdrawn"
  | "topic.adopted"
  | "topic.left"
  | "topic.placed"
  | "topic.unplaced"
  | "topic.marked"
  | "topic.reported"
  | "request.made"
  | "request.answered"
  | "round.started"
  | "round.extended"
  | "round.ended"
  | "gong.rung"
  | "news.posted"
  | "news.changed"
  | "call.made"
  | "call.taken"
  | "call.closed"
  | "circle.started"
  | "circle.ended"
  | "voting.set"
  | "action.set"
  | "word.said";

export type GatheringEvent =
  | LiveEvent<ChangeName, Changes>
  | LiveEvent<"person.moved", { readonly person: number; readonly space: number | null }>
  | LiveEvent<"interest.marked" | "interest.unmarked", { readonly topic: number; readonly person: number }>
  | LiveEvent<"circle.passed", { readonly circle: CircleCard | null }>
  | LiveEvent<"vote.cast", { readonly voters: number }>
  | LiveEvent<"person.invited", { readonly person: number; readonly space: number }>
  | LiveEvent<"report.reminded", { readonly topic: number; readonly convener: number }>;

export interface TopicWords {
  readonly title: string;
  readonly why?: string;
  readonly language: string;
  readonly co_conveners?: readonly number[];
  readonly not_with?: readonly number[];
  readonly wished_capacity?: number | null;
}

export interface ActionWords {
  readonly what: string;
  readonly convener: number;
  readonly topic?: number | null;
  readonly first_step?: string;
  readonly due?: string | null;
}

/** name → data of every command of a gathering. */
export interface CommandData {
  "topic.propose": TopicWords;
  "topic.change": TopicWords & { readonly topic: number };
  "topic.withdraw": { readonly topic: number };
  "topic.leave": { readonly topic: number };
  "topic.adopt": { readonly topic: number };
  "topic.place": {
    readonly topic: number;
    readonly slot: number;
    readonly space: number;
    /** The slot that it leaves; null or absent when it stands in one slot more. */
    readonly from_slot?: number | null;
    /** The topics that the person saw in the cell. */
    readonly beside: readonly number[];
  };
  "topic.unplace": { readonly topic: number; readonly slot: number };
  "interest.mark": { readonly topic: number };
  "interest.unmark": { readonly topic: number };
  "request.make": {
    readonly kind: RequestKind;
    readonly topic: number;
    readonly other?: number;
    readonly from_slot?: number;
    readonly slot?: number;
    readonly space?: number;
  };
  "request.answer": { readonly request: number; readonly accept: boolean };
  "request.take_back": { readonly request: number };
  "person.move": { readonly space: number | null };
  "person.invite": { readonly person: number; readonly space: number };
  "topic.mark": { readonly topic: number; readonly took_place: boolean };
  "stage.set": { readonly stage: Stage };
  "market.set": { readonly is_open: boolean };
  "round.start": { readonly slot: number };
  "round.end": { readonly slot: number };
  /** `seen`: the end that the person sees; if somebody else has just changed it, nothing is added. */
  "round.extend": { readonly slot: number; readonly minutes: number; readonly seen?: string };
  "gong.ring": Readonly<Record<string, never>>;
  "clock.set": { readonly runs_by_clock: boolean };
  "news.change": { readonly news: number; readonly text: string };
  "news.post": { readonly text: string; readonly language: string };
  "call.make": { readonly text: string };
  "call.take": { readonly call: number };
  "call.close": { readonly call: number };
  /** `people`: those who are here; without it all who take part are in the order. */
  "circle.start": { readonly kind: CircleKind; readonly people?: readonly number[] };
  /** `holder`: whom the person sees holding it; if it has moved on, it stays there. */
  "circle.pass": { readonly to?: number; readonly holder?: number };
  "circle.end": Readonly<Record<string, never>>;
  "voting.open": { readonly points_each: number };
  "voting.close": Readonly<Record<string, never>>;
  "vote.cast": { readonly points: Readonly<Record<string, number>> };
  "action.add": ActionWords;
  "action.change": ActionWords & { readonly action: number };
  "action.remove": { readonly action: number };
  "word.say": { readonly word: string };
  "report.remind": { readonly topic: number };
}

export type CommandName = keyof CommandData;
