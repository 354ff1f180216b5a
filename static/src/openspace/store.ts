// (state, event) → state of a gathering. The state is the card that the server would give to somebody who
// comes in now, with the number of the last event in it. See the Note [Facts carry cards] in
// sessions/openspace/events.py.
//
//   gatheringState(card, head)    from the card of the server
//   reduce, reduceAll             with events
//   gatheringCard(state)          back to the card, for comparing

import { t } from "../i18n";
import type { Changes, GatheringEvent, GatheringRights, GatheringStateCard, TopicCard } from "./types";

/** As `NEWS` in sessions/openspace/queries. */
const NEWS = 50;

export interface GatheringState extends GatheringStateCard {
  readonly head: number;
}

export function gatheringState(card: GatheringStateCard, head: number): GatheringState {
  return { ...card, head };
}

export function gatheringCard({ head: _head, ...card }: GatheringState): GatheringStateCard {
  return card;
}

export function reduceAll(state: GatheringState, events: readonly GatheringEvent[]): GatheringState {
  return events.reduce(reduce, state);
}

/** An event that is in the state already changes nothing. One that is not known changes nothing but the head. */
export function reduce(state: GatheringState, event: GatheringEvent): GatheringState {
  if (event.seq <= state.head) return state;
  return { ...applied(state, event), head: event.seq };
}

/** The event's change alone, wherever the state's head is. */
export function applied(state: GatheringState, event: GatheringEvent): GatheringState {
  switch (event.name) {
    case "person.moved":
      return { ...state, where: moved(state.where, event.data.person, event.data.space) };
    case "interest.marked":
      return withInterest(state, event.data.topic, (others) => [...others, event.data.person], event.data.person);
    case "interest.unmarked":
      return withInterest(state, event.data.topic, (others) => others, event.data.person);
    case "circle.passed":
      return { ...state, gathering: { ...state.gathering, circle: event.data.circle } };
    case "vote.cast":
      return { ...state, gathering: { ...state.gathering, voters: event.data.voters } };
    case "person.invited":
    case "report.reminded":
      return state;
    default:
      return changed(state, event.data ?? {});
  }
}

function changed(state: GatheringState, changes: Changes): GatheringState {
  const next = { ...state };
  if (changes.gathering) {
    next.gathering = changes.gathering;
    next.rights = rightsIn(next);
  }
  if (changes.spaces) next.spaces = merged(state.spaces, changes.spaces).sort((a, b) => a.position - b.position || a.id - b.id);
  if (changes.slots) next.slots = without(merged(state.slots, changes.slots), (slot) => slot.is_removed).sort(byStart);
  if (changes.topics) next.topics = merged(state.topics, changes.topics).sort((a, b) => a.number - b.number);
  if (changes.requests) next.requests = without(merged(state.requests, changes.requests), ({ state: its }) => its !== "open");
  if (changes.calls) next.calls = without(merged(state.calls, changes.calls), (call) => call.state === "closed");
  if (changes.news) next.news = merged(state.news, changes.news).slice(-NEWS);
  if (changes.actions) next.actions = without(merged(state.actions, changes.actions), (action) => action.is_removed);
  if (changes.words) next.words = merged(state.words, changes.words);
  return next;
}

function merged<Card extends { readonly id: number }>(held: readonly Card[], news: readonly Card[]): Card[] {
  const changes = new Map(news.map((card) => [card.id, card]));
  const cards = held.map((card) => {
    const change = changes.get(card.id);
    changes.delete(card.id);
    return change ?? card;
  });
  return [...cards, ...changes.values()];
}

function without<Card>(cards: readonly Card[], isGone: (card: Card) => boolean): Card[] {
  return cards.filter((card) => !isGone(card));
}

function byStart(one: { starts_at: string; id: number }, other: { starts_at: string; id: number }): number {
  return Date.parse(one.starts_at) - Date.parse(other.starts_at) || one.id - other.id;
}

function moved(where: GatheringState["where"], person: number, space: number | null): GatheringState["where"] {
  const { [person]: _before, ...others } = where;
  return space === null ? others : { ...others, [person]: space };
}

function withInterest(
  state: GatheringState,
  topic: number,
  change: (others: readonly number[]) => readonly number[],
  person: number,
): GatheringState {
  const isNow = (card: TopicCard) => ({ ...card, interested: change(card.interested.filter((id) => id !== person)) });
  return { ...state, topics: state.topics.map((card) => (card.id === topic ? isNow(card) : card)) };
}

/** As sessions/openspace/rules.py, with its words. */
function rightsIn({ gathering, people, me, rights }: GatheringState): GatheringRights {
  const mayWrite = people[me]?.role !== "observer";
  const isClosed = gathering.stage === "closed";
  return { ...rights, take_part: mayWrite && !isClosed, why_not: whyNot(isClosed, mayWrite) };
}

function whyNot(isClosed: boolean, mayWrite: boolean): string | null {
  if (isClosed) return t("This Open Space is closed. You can read everything, but nothing changes any more.");
  if (mayWrite) return null;
  return t("You are an observer here: you can see everything and go everywhere, but not take part.");
}
