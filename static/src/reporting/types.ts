// A report, as challenges/plans/reporting/events.py has it. People are ids, times ISO 8601.

import type { LiveEvent } from "../live/types";
import type { PersonCard } from "../room/types";

export type ReportField = "text" | "confidence";
export type EntryField = "progress" | "confidence" | "evidence" | "challenges";

interface Counted {
  readonly revisions: Readonly<Record<string, number>>;
  readonly editors: Readonly<Record<string, number>>;
}

export interface EntryCard extends Counted {
  readonly item: number;
  readonly progress: string;
  readonly confidence: string;
  readonly evidence: string;
  readonly challenges: string;
}

interface Step {
  readonly state: string;
  readonly submitted_at: string | null;
  readonly submitted_by: number | null;
  readonly approved_at: string | null;
  readonly approved_by: number | null;
  readonly returned_why: string;
}

export interface ReportCard extends Counted, Step {
  readonly id: number;
  readonly plan: number;
  readonly voice: "own" | "shadow";
  readonly language: string;
  readonly period: string;
  readonly text: string;
  readonly confidence: string;
  readonly entries: readonly EntryCard[];
  readonly changed_at: string;
  readonly may_write: boolean;
  readonly people: Readonly<Record<string, PersonCard>>;
  readonly me: number;
}

/** What stands over an entry, in the order of the plan; the page brings it. */
export interface Label {
  readonly item: number;
  readonly kind: string;
  readonly number: string;
  readonly title: string;
  readonly depth: number;
  readonly address: string;
  readonly due: string;
  readonly late: string;
}

type Told<Name extends string, Data> = LiveEvent & { readonly name: Name; readonly data: Data };

export type ReportEvent =
  | Told<"report.changed", { readonly field: ReportField; readonly value: string; readonly revision: number }>
  | Told<"entry.changed", { readonly item: number; readonly field: EntryField; readonly value: string; readonly revision: number }>
  | Told<"entries.added", { readonly entries: readonly EntryCard[] }>
  | Told<"report.moved", Step & { readonly remark: string }>;
