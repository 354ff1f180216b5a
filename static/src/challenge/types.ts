// A challenge, as challenges/events.py has it. People are ids, times are ISO 8601.

import type { LiveEvent } from "../live/types";
import type { PersonCard } from "../room/types";

export type LineField = "title" | "key_question";
export type TextField = "situation" | "tried" | "stakeholders" | "desired_result" | "constraints" | "summary";
export type WrittenField = LineField | TextField;
export type FieldName = WrittenField | "language" | "confidentiality";

export interface FileCard {
  readonly id: number;
  readonly name: string;
  readonly content_type: string;
  /** In bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly by: number;
  readonly at: string;
}

export interface StepCard {
  readonly id: number;
  readonly from_state: string;
  readonly to_state: string;
  readonly by: number;
  readonly at: string;
  readonly why: string;
}

/** The commands that the state leaves open, without `challenge.`. */
export interface Doors {
  readonly author: readonly string[];
  readonly facilitator: readonly string[];
}

export interface ChallengeCard extends Readonly<Record<FieldName, string>> {
  readonly id: number;
  readonly cohort: number;
  readonly institution: number;
  readonly institution_name: string;
  readonly country: string;
  readonly state: string;
  readonly tags: readonly string[];
  readonly files: readonly FileCard[];
  readonly steps: readonly StepCard[];
  /** {field: number of its changes} */
  readonly revisions: Readonly<Record<string, number>>;
  /** {field: id of the person who changed it last} */
  readonly editors: Readonly<Record<string, number>>;
  readonly created_by: number;
  readonly created_at: string;
  readonly submitted_at: string | null;
  readonly open: Doors;
  readonly author: boolean;
  readonly facilitator: boolean;
  readonly people: Readonly<Record<string, PersonCard>>;
  readonly me: number;
}

export interface ChallengeChanged {
  readonly field: FieldName;
  readonly value: string;
  readonly revision: number;
  readonly changed_at: string;
}

export interface ChallengeMoved {
  readonly state: string;
  readonly submitted_at: string | null;
  readonly open: Doors;
  readonly step: StepCard;
}

export type ChallengeEvent =
  | LiveEvent<"challenge.changed", ChallengeChanged>
  | LiveEvent<"challenge.moved", ChallengeMoved>
  | LiveEvent<"challenge.tagged", { readonly tags: readonly string[] }>
  | LiveEvent<"challenge.attached", { readonly file: FileCard }>
  | LiveEvent<"challenge.detached", { readonly file: number }>;
