// (state, event) → state of a plan: of what the form shows, the same as the server would give to somebody who
// opens it now. What is carried out (readings, requests, evidence) is on pages that the server draws.

import type { ItemCard, PlanCard, PlanEvent } from "./types";

export interface PlanState extends PlanCard {
  /** The last event that is in here. */
  readonly head: number;
}

export function planState(card: PlanCard, head: number): PlanState {
  return { ...card, head };
}

export function reduceAll(state: PlanState, events: readonly PlanEvent[]): PlanState {
  return events.reduce(reduce, state);
}

/** An event that is in the state already changes nothing. One that is not known changes nothing but the head. */
export function reduce(state: PlanState, event: PlanEvent): PlanState {
  if (event.seq <= state.head) return state;
  const changed_at = event.by === null ? state.changed_at : event.at;
  return { ...applied(state, event), changed_at, head: event.seq };
}

function applied(state: PlanState, event: PlanEvent): PlanState {
  switch (event.name) {
    case "plan.changed": {
      const { field, value, revision } = event.data;
      return { ...state, [field]: value, ...counted(state, field, revision, event.by) };
    }
    case "plan.moved": {
      const { state: name, open, baseline } = event.data;
      return { ...state, state: name, open, baseline: baseline ?? state.baseline };
    }
    case "items.added":
      return { ...state, items: [...state.items, ...event.data.items] };
    case "item.changed": {
      const { item, field, value, revision, oddities } = event.data;
      return withItems(state, [item], (each) => ({ ...each, [field]: value, oddities, ...counted(each, field, revision, event.by) }));
    }
    case "items.placed": {
      const places = new Map(event.data.places.map((place) => [place.item, place]));
      return withItems(state, [...places.keys()], (each) => {
        const place = places.get(each.id);
        return place === undefined ? each : { ...each, parent: place.parent, position: place.position };
      });
    }
    case "items.removed": {
      const { items, removed_at } = event.data;
      return withItems(state, items, (each) => ({ ...each, removed_at }));
    }
    case "items.erased":
      return { ...state, items: state.items.filter(({ id }) => !event.data.items.includes(id)) };
    case "item.reported": {
      const { item, progress, confidence, why } = event.data;
      return withItems(state, [item], (each) => ({ ...each, progress, confidence, confidence_why: why }));
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

function withItems(state: PlanState, ids: readonly number[], change: (item: ItemCard) => ItemCard): PlanState {
  return { ...state, items: state.items.map((item) => (ids.includes(item.id) ? change(item) : item)) };
}

/** Whether the person may run this command now: `plan.propose`, `item.add` … */
export function may(state: PlanCard, command: string): boolean {
  const { open, rights } = state;
  return (
    (rights.member && open.member.includes(command)) ||
    (isLead(state) && open.lead.includes(command)) ||
    (rights.school && open.school.includes(command))
  );
}

export function isLead({ rights, owner, me }: PlanCard): boolean {
  return rights.coordinator || (rights.member && owner === me);
}
