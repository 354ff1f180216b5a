// A consultation, as challenges/consultations/events.py and commands.py have it. People are ids, times are ISO 8601.

import type { LiveEvent } from "../live/types";
import type { PersonCard } from "../room/types";

export type RunStateName = "planned" | "running" | "paused" | "finished";
export type PartName = "case_giver" | "facilitator" | "peer" | "timekeeper" | "scribe" | "observer";
export type SpeaksName = "everybody" | "case_giver" | "peers" | "nobody";
export type ListName = "agreed" | "questions" | "hypotheses" | "suggestions" | "summary";
export type WritesName = ListName | "nothing" | "commitments";
export type VerdictName = "take" | "think" | "leave";
export type OutcomeName = "done" | "partly" | "not_yet" | "dropped";
export type AnswerName = "open" | "accepted" | "adapted" | "declined";

/** `minutes` or `days`, the other one is 0. */
export interface PhaseCard {
  readonly key: string;
  readonly name: string;
  readonly about: string;
  readonly minutes: number;
  readonly days: number;
  readonly speaks: SpeaksName;
  readonly writes: WritesName;
  readonly silent_first: boolean;
  /** What the case giver is told while only others speak; empty elsewhere. */
  readonly listening: string;
}

export interface ProtocolCard {
  readonly key: string;
  readonly name: string;
  readonly about: string;
  readonly is_asynchronous: boolean;
  readonly ends_by_clock: boolean;
  readonly fewest: number;
  readonly most: number;
  readonly phases: readonly PhaseCard[];
}

/** Names of commands by relation. */
export interface Doors {
  readonly lead: readonly string[];
  readonly case_giver: readonly string[];
  readonly peer: readonly string[];
  readonly institution: readonly string[];
}

export interface RunCard {
  readonly state: RunStateName;
  /** An index into the protocol's phases. */
  readonly phase: number;
  readonly phase_started_at: string | null;
  /** Only while running; in the past it is overtime. */
  readonly phase_ends_at: string | null;
  /** Only while paused: seconds left, below 0 in overtime. */
  readonly paused_left: number | null;
  readonly is_silent: boolean;
  readonly writes: WritesName;
  /** Those who write nothing that others read, by part; `everybody` closes only the talk of the room. */
  readonly closed: readonly string[];
  readonly open: Doors;
  readonly started_at: string | null;
  readonly finished_at: string | null;
}

/** `id` is the person's. */
export interface PartCard {
  readonly id: number;
  readonly part: PartName;
}

export interface EntryCard {
  readonly id: number;
  readonly phase: number;
  readonly kind: ListName;
  readonly text: string;
  readonly language: string;
  readonly by: number;
  readonly at: string;
  readonly revision: number;
  readonly verdict: VerdictName | "";
  readonly note: string;
}

/** How many hidden entries a person has written; `id` is the person's. */
export interface HiddenCard {
  readonly id: number;
  readonly count: number;
}

export interface CheckInCard {
  readonly id: number;
  readonly asked: "next_session" | "days_30" | "days_90";
  readonly due: string | null;
  readonly outcome: OutcomeName | "";
  readonly answer: string;
  readonly answered_at: string | null;
}

export interface CommitmentCard {
  readonly id: number;
  readonly text: string;
  readonly language: string;
  /** A day, as 2026-02-08. */
  readonly due: string;
  readonly by: number;
  readonly at: string;
  readonly check_ins: readonly CheckInCard[];
}

export interface RecommendationCard {
  readonly id: number;
  readonly number: number;
  readonly text: string;
  readonly language: string;
  /** The entry that it was written from. */
  readonly suggestion: number | null;
  readonly by: number;
  readonly at: string;
  readonly revision: number;
  readonly state: AnswerName;
  readonly answer_text: string;
  readonly why: string;
  readonly answered_by: number | null;
  readonly answered_at: string | null;
}

/** One's private note. */
export interface NoteCard {
  readonly text: string;
  readonly revision: number;
}

export interface ConsultationCard {
  readonly id: number;
  readonly challenge: number;
  readonly challenge_title: string;
  readonly key_question: string;
  readonly challenge_language: string;
  readonly institution: number;
  readonly institution_name: string;
  readonly country: string;
  readonly group: number;
  readonly group_number: number;
  readonly room: number | null;
  readonly protocol: ProtocolCard;
  readonly run: RunCard;
  readonly parts: readonly PartCard[];
  /** The people of the task group. Who has no row in `parts` is a peer. */
  readonly members: readonly number[];
  readonly entries: readonly EntryCard[];
  /** One's own entries that are hidden from others. */
  readonly mine: readonly EntryCard[];
  readonly hidden: readonly HiddenCard[];
  readonly commitments: readonly CommitmentCard[];
  readonly recommendations: readonly RecommendationCard[];
  readonly planned_by: number;
  readonly planned_at: string;
  readonly note: NoteCard;
  /** By one's seat; who has the part `facilitator` leads, too. */
  readonly leads: boolean;
  /** A participant of the institution, who answers its recommendations. */
  readonly answers: boolean;
  readonly can_give_case: readonly number[];
  readonly can_facilitate: readonly number[];
  readonly people: Readonly<Record<string, PersonCard>>;
  readonly me: number;
}

export type ConsultationEvent =
  | LiveEvent<"consultation.moved", { readonly how: string; readonly run: RunCard; readonly entries: readonly EntryCard[] }>
  | LiveEvent<"parts.set", { readonly parts: readonly PartCard[] }>
  | LiveEvent<"entry.hidden", { readonly hidden: readonly HiddenCard[] }>
  | LiveEvent<"entry.set", { readonly entry: EntryCard }>
  | LiveEvent<"entry.removed", { readonly entry: number }>
  | LiveEvent<"commitment.set", { readonly commitment: CommitmentCard }>
  | LiveEvent<"commitment.removed", { readonly commitment: number }>
  | LiveEvent<"recommendation.set", { readonly recommendation: RecommendationCard }>
  | LiveEvent<"recommendation.withdrawn", { readonly recommendation: number }>;

interface AtPhase {
  readonly phase: number;
}

export interface CommandData {
  readonly "consultation.start": Readonly<Record<string, never>>;
  readonly "consultation.pause": AtPhase;
  readonly "consultation.resume": AtPhase;
  readonly "consultation.next": AtPhase;
  readonly "consultation.back": AtPhase;
  readonly "consultation.reveal": AtPhase;
  readonly "consultation.finish": AtPhase;
  readonly "consultation.extend": AtPhase & { readonly minutes?: number; readonly days?: number };
  /** `seen`: the part in which one has seen them; null for none. */
  readonly "part.set": { readonly who: number; readonly part: PartName; readonly seen: PartName | null };
  readonly "entry.add": { readonly phase: number; readonly kind: ListName; readonly text: string };
  readonly "entry.change": { readonly entry: number; readonly text: string; readonly base: number };
  readonly "entry.remove": { readonly entry: number };
  readonly "entry.judge": { readonly entry: number; readonly verdict: VerdictName | ""; readonly base: number; readonly note: string };
  readonly "commitment.make": { readonly text: string; readonly due: string };
  readonly "commitment.remove": { readonly commitment: number };
  readonly "check_in.answer": { readonly check_in: number; readonly outcome: OutcomeName; readonly text: string };
  readonly "recommendation.write": { readonly text: string; readonly suggestion: number | null };
  readonly "recommendation.change": { readonly recommendation: number; readonly text: string; readonly base: number };
  readonly "recommendation.withdraw": { readonly recommendation: number; readonly base: number };
  readonly "recommendation.answer": {
    readonly recommendation: number;
    readonly state: Exclude<AnswerName, "open">;
    readonly base: number;
    readonly text: string;
    readonly why: string;
  };
  readonly "note.write": { readonly text: string; readonly base: number };
}
export type CommandName = keyof CommandData;

/** The answer to `entry.add` and `entry.change`. */
export interface EntryAdded {
  readonly entry: EntryCard;
  readonly is_hidden: boolean;
}
