// The report of a topic, as sessions/openspace/events.py has it. People are ids, times are ISO 8601.

import type { LiveEvent } from "../live/types";
import type { PersonCard } from "../room/types";

export type TextField = "summary" | "recommendations" | "resources" | "requests";
export type FieldName = TextField | "next_steps" | "participants";

/** `when` is an ISO date, or empty. */
export interface NextStep {
  readonly what: string;
  readonly who: string;
  readonly when: string;
}

export interface ReportCard {
  readonly topic: number;
  readonly gathering: number;
  readonly title: string;
  readonly language: string;
  readonly convener: number | null;
  readonly summary: string;
  readonly recommendations: string;
  readonly resources: string;
  readonly requests: string;
  readonly next_steps: readonly NextStep[];
  readonly participants: readonly number[];
  /** {field: number of its changes} */
  readonly revisions: Readonly<Record<string, number>>;
  /** {field: id of the person who changed it last} */
  readonly editors: Readonly<Record<string, number>>;
  readonly state: "none" | "draft" | "confirmed";
  readonly confirmed_by: number | null;
  readonly confirmed_at: string | null;
  readonly changed_at: string | null;
  readonly may_edit: boolean;
  readonly may_confirm: boolean;
  readonly people: Readonly<Record<string, PersonCard>>;
  readonly me: number;
}

export interface ReportChanged {
  readonly field: FieldName;
  readonly value: unknown;
  readonly revision: number;
  readonly changed_at: string;
}

export type ReportEvent =
  | LiveEvent<"report.changed", ReportChanged>
  | LiveEvent<"report.confirmed", { readonly confirmed_by: number; readonly confirmed_at: string }>
  | LiveEvent<"report.reopened", Readonly<Record<string, never>>>;
