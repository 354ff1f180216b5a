// A plan, as challenges/plans/events.py has it. People are ids, days and times ISO 8601, numbers texts.

import type { LiveEvent } from "../live/types";
import type { PersonCard } from "../room/types";

/** A date as it was written, and the days that it means; no days when it is not understood. */
export interface MomentCard {
  readonly wording: string;
  readonly since: string | null;
  readonly until: string | null;
  readonly precision: string;
}

export type Kind = "objective" | "milestone" | "deliverable" | "action" | "indicator" | "risk" | "assumption";

export interface ItemCard {
  readonly id: number;
  readonly kind: Kind;
  readonly parent: number | null;
  readonly number: string;
  readonly position: number;
  readonly title: string;
  readonly description: string;
  readonly owner: number | null;
  readonly owner_wording: string;
  readonly contributors: readonly number[];
  readonly contributors_wording: string;
  readonly start: MomentCard | null;
  readonly due: MomentCard | null;
  readonly progress: string;
  readonly confidence: string;
  readonly confidence_why: string;
  readonly removed_at: string | null;
  /** {field: number of its changes} */
  readonly revisions: Readonly<Record<string, number>>;
  /** {field: id of the person who changed it last} */
  readonly editors: Readonly<Record<string, number>>;
  readonly unit: string;
  readonly direction: string;
  readonly baseline: string | null;
  readonly baseline_on: string | null;
  readonly target: string | null;
  readonly lowest: string | null;
  readonly highest: string | null;
  readonly trajectory: readonly (readonly [day: string, value: string])[];
  readonly data_source: string;
  readonly oddities: readonly unknown[];
}

/** The commands that the state leaves open, by who one is. */
export interface Doors {
  readonly member: readonly string[];
  readonly lead: readonly string[];
  readonly school: readonly string[];
}

export interface Rights {
  readonly member: boolean;
  readonly coordinator: boolean;
  readonly school: boolean;
  readonly consultant: boolean;
}

export interface PlanCard {
  readonly id: number;
  readonly cohort: number;
  readonly institution: number;
  readonly institution_name: string;
  readonly country: string;
  readonly title: string;
  readonly summary: string;
  readonly language: string;
  readonly state: string;
  readonly audience: string;
  readonly owner: number | null;
  readonly consultant: number | null;
  readonly starts: string | null;
  readonly ends: string | null;
  readonly time_zone: string;
  readonly items: readonly ItemCard[];
  /** What the approved plan says, by item: those are changed by a request alone. */
  readonly baseline: { readonly items: Readonly<Record<string, unknown>> } | null;
  readonly revisions: Readonly<Record<string, number>>;
  readonly editors: Readonly<Record<string, number>>;
  readonly changed_at: string;
  readonly open: Doors;
  readonly rights: Rights;
  readonly people: Readonly<Record<string, PersonCard>>;
  readonly me: number;
}

export interface Place {
  readonly item: number;
  readonly parent: number | null;
  readonly position: number;
}

export type PlanEvent =
  | LiveEvent<"plan.changed", { readonly field: string; readonly value: unknown; readonly revision: number }>
  | LiveEvent<"plan.moved", { readonly state: string; readonly open: Doors; readonly baseline: PlanCard["baseline"] }>
  | LiveEvent<"items.added", { readonly items: readonly ItemCard[] }>
  | LiveEvent<
      "item.changed",
      {
        readonly item: number;
        readonly field: string;
        readonly value: unknown;
        readonly revision: number;
        readonly oddities: readonly unknown[];
      }
    >
  | LiveEvent<"items.placed", { readonly places: readonly Place[] }>
  | LiveEvent<"items.removed", { readonly items: readonly number[]; readonly removed_at: string | null }>
  | LiveEvent<"items.erased", { readonly items: readonly number[] }>
  | LiveEvent<"item.reported", { readonly item: number; readonly progress: string; readonly confidence: string; readonly why: string }>;

export type PlanField = "title" | "summary" | "owner" | "starts" | "ends" | "audience" | "language" | "time_zone";
export type ItemField =
  | "title"
  | "number"
  | "description"
  | "owner"
  | "contributors"
  | "contributors_wording"
  | "start"
  | "due"
  | "unit"
  | "direction"
  | "baseline"
  | "baseline_on"
  | "target"
  | "trajectory"
  | "lowest"
  | "highest"
  | "data_source";
