// What the events of a report's stream do to its state; challenges/plans/reporting/events.py says it.

import type { ReportCard, ReportEvent } from "./types";

export type ReportState = ReportCard & { readonly head: number };

export function reportState(card: ReportCard, head: number): ReportState {
  return { ...card, head };
}

/** Events that the state has already are passed over. */
export function reduceAll(state: ReportState, events: readonly ReportEvent[]): ReportState {
  return events.reduce((held, event) => (event.seq <= held.head ? held : { ...reduce(held, event), head: event.seq }), state);
}

function reduce(state: ReportState, event: ReportEvent): ReportState {
  const present = { ...state, changed_at: event.at };
  switch (event.name) {
    case "report.changed": {
      const { field, value, revision } = event.data;
      return { ...present, [field]: value, ...counted(state, field, revision, event.by) };
    }
    case "entry.changed": {
      const { item, field, value, revision } = event.data;
      const entries = state.entries.map((entry) =>
        entry.item === item ? { ...entry, [field]: value, ...counted(entry, field, revision, event.by) } : entry,
      );
      return { ...present, entries };
    }
    case "entries.added":
      return { ...present, entries: [...state.entries, ...event.data.entries] };
    case "report.moved": {
      const { remark: _history, ...step } = event.data;
      return { ...present, ...step };
    }
    default:
      return state;
  }
}

interface Counted {
  readonly revisions: Readonly<Record<string, number>>;
  readonly editors: Readonly<Record<string, number>>;
}

function counted({ revisions, editors }: Counted, field: string, revision: number, by: number | null): Counted {
  return { revisions: { ...revisions, [field]: revision }, editors: { ...editors, [field]: by ?? 0 } };
}

/** Whether its words are still free. */
export function isWritable({ state, may_write }: ReportCard): boolean {
  return may_write && (state === "draft" || state === "returned");
}
