// (state, event) → state of a report: what the server would give to somebody who opens it now.

import type { ReportCard, ReportEvent } from "./types";

export interface ReportState extends ReportCard {
  /** The last event that is in here. */
  readonly head: number;
}

export function reportState(card: ReportCard, head: number): ReportState {
  return { ...card, head };
}

export function reportCard({ head: _head, ...card }: ReportState): ReportCard {
  return card;
}

export function reduceAll(state: ReportState, events: readonly ReportEvent[]): ReportState {
  return events.reduce(reduce, state);
}

/** An event that is in the state already changes nothing. One that is not known changes nothing but the head. */
export function reduce(state: ReportState, event: ReportEvent): ReportState {
  if (event.seq <= state.head) return state;
  return { ...applied(state, event), head: event.seq };
}

function applied(state: ReportState, event: ReportEvent): ReportState {
  switch (event.name) {
    case "report.changed": {
      const { field, value, revision, changed_at } = event.data;
      return {
        ...state,
        [field]: value,
        revisions: { ...state.revisions, [field]: revision },
        editors: { ...state.editors, [field]: event.by ?? 0 },
        changed_at,
        state: state.state === "none" ? "draft" : state.state,
      };
    }
    case "report.confirmed":
      return { ...state, ...event.data, state: "confirmed" };
    case "report.reopened":
      return { ...state, state: "draft", confirmed_by: null, confirmed_at: null };
    default:
      return state;
  }
}
