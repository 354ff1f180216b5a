// (state, event) → state of a consultation: what the server would give to somebody who opens it now.
// Hidden entries are told to their author alone, by the answer to their command: `withMine` takes them in.

import type { ConsultationCard, ConsultationEvent, EntryAdded, EntryCard } from "./types";

export interface ConsultationState extends ConsultationCard {
  /** The last event that is in here. */
  readonly head: number;
}

export function consultationState(card: ConsultationCard, head: number): ConsultationState {
  return { ...card, head };
}

export function consultationCard({ head: _head, ...card }: ConsultationState): ConsultationCard {
  return card;
}

export function reduceAll(state: ConsultationState, events: readonly ConsultationEvent[]): ConsultationState {
  return events.reduce(reduce, state);
}

/** An event that is in the state already changes nothing. One that is not known changes nothing but the head. */
export function reduce(state: ConsultationState, event: ConsultationEvent): ConsultationState {
  if (event.seq <= state.head) return state;
  return { ...applied(state, event), head: event.seq };
}

function applied(state: ConsultationState, event: ConsultationEvent): ConsultationState {
  switch (event.name) {
    case "consultation.moved": {
      const { run, entries } = event.data;
      if (entries.length === 0) return { ...state, run };
      return { ...state, run, entries: [...state.entries, ...entries], hidden: [], mine: [] };
    }
    case "parts.set":
      return { ...state, parts: event.data.parts };
    case "entry.hidden":
      return { ...state, hidden: event.data.hidden };
    case "entry.set":
      return { ...state, entries: put(state.entries, event.data.entry) };
    case "entry.removed":
      return { ...state, entries: without(state.entries, event.data.entry) };
    case "commitment.set":
      return { ...state, commitments: put(state.commitments, event.data.commitment) };
    case "commitment.removed":
      return { ...state, commitments: without(state.commitments, event.data.commitment) };
    case "recommendation.set":
      return { ...state, recommendations: put(state.recommendations, event.data.recommendation) };
    case "recommendation.withdrawn":
      return { ...state, recommendations: without(state.recommendations, event.data.recommendation) };
    default:
      return state;
  }
}

/** The answer to one's own entry. One that was revealed meanwhile is among the entries already. */
export function withMine(state: ConsultationState, { entry, is_hidden }: EntryAdded): ConsultationState {
  const isShown = state.entries.some(({ id }) => id === entry.id);
  return is_hidden && !isShown ? { ...state, mine: put(state.mine, entry) } : state;
}

/** One's own hidden entry was taken out. */
export function withoutMine(state: ConsultationState, entry: number): ConsultationState {
  return { ...state, mine: without<EntryCard>(state.mine, entry) };
}

/** Whether another page of the same person has written or taken out a hidden entry, which no event tells. */
export function lacksMine(state: ConsultationState): boolean {
  const count = state.hidden.find(({ id }) => id === state.me)?.count ?? 0;
  return count !== state.mine.length;
}

function put<Card extends { readonly id: number }>(cards: readonly Card[], card: Card): readonly Card[] {
  return cards.some(({ id }) => id === card.id) ? cards.map((each) => (each.id === card.id ? card : each)) : [...cards, card];
}

function without<Card extends { readonly id: number }>(cards: readonly Card[], id: number): readonly Card[] {
  return cards.filter((card) => card.id !== id);
}
