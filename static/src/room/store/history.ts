// Pages of history, joined to what is held. A page may have been read before or after the last event that
// came; `isAhead` says when to wait, everything else is brought up to date here.

import type { MessageCard, MessagePage, RoomEvent } from "../types";
import { applyEvent, draftOf } from "./reduce";
import { type RoomState, type Span, messagesAt } from "./state";

/** When more messages than the first are in the tail, the newest of the second number stay. */
const TAIL_LIMIT = 2_000;
const TAIL_KEPT = 1_000;

/** Whether the page knows of events that have not come yet; wait for them before joining it. */
export function isAhead(state: RoomState, page: MessagePage): boolean {
  return page.head > state.head;
}

/** Older messages, above the newest ones. */
export function addEarlier(state: RoomState, page: MessagePage): RoomState {
  const next = keep(state, page);
  const seqs = joined(seqsOf(page), state.tail.seqs);
  return joinedSpans({ ...next, tail: { ...state.tail, seqs, hasEarlier: page.has_earlier } });
}

/** The place that a jump leads to; when the tail is there already, nothing else is shown. */
export function showPast(state: RoomState, page: MessagePage): RoomState {
  const past = { seqs: seqsOf(page), hasEarlier: page.has_earlier, hasLater: page.has_later };
  return joinedSpans({ ...keep(state, page), past });
}

export function addPastEarlier(state: RoomState, page: MessagePage): RoomState {
  if (state.past === null) return state;
  const past = { ...state.past, seqs: joined(seqsOf(page), state.past.seqs), hasEarlier: page.has_earlier };
  return joinedSpans({ ...keep(state, page), past });
}

export function addPastLater(state: RoomState, page: MessagePage): RoomState {
  if (state.past === null) return state;
  const past = { ...state.past, seqs: joined(state.past.seqs, seqsOf(page)), hasLater: page.has_later };
  return joinedSpans({ ...keep(state, page), past });
}

/** Back to the newest messages. */
export function leavePast(state: RoomState): RoomState {
  return state.past === null ? state : { ...state, past: null };
}

/** `page` holds the root and its replies, from the oldest on. */
export function showThread(state: RoomState, root: number, page: MessagePage): RoomState {
  const seqs = joined(seqsOf(page), repliesAfter(state, root, page));
  const thread = { root, seqs, hasEarlier: page.has_earlier, hasLater: page.has_later };
  return { ...keep(state, page), thread };
}

export function addThreadLater(state: RoomState, page: MessagePage): RoomState {
  if (state.thread === null) return state;
  const { root } = state.thread;
  const seqs = joined(joined(state.thread.seqs, seqsOf(page)), repliesAfter(state, root, page));
  return { ...keep(state, page), thread: { ...state.thread, seqs, hasLater: page.has_later } };
}

/** Replies that came while the page, which is the last one, was on its way. */
function repliesAfter(state: RoomState, root: number, page: MessagePage): number[] {
  if (page.has_later) return [];
  const isMissing = (event: RoomEvent) => event.seq > page.head && event.name === "message.posted" && event.data.root === root;
  return state.recent.filter(isMissing).map((event) => event.seq);
}

export function closeThread(state: RoomState): RoomState {
  return state.thread === null ? state : { ...state, thread: null };
}

/** Lets go of what is far above the newest messages, so that a tab can stay open for days; it can be fetched again. */
export function forgetEarliest(state: RoomState): RoomState {
  if (state.past !== null || state.tail.seqs.length <= TAIL_LIMIT) return state;
  const tail = { ...state.tail, seqs: state.tail.seqs.slice(-TAIL_KEPT), hasEarlier: true };
  const shown = messagesAt(state, [...tail.seqs, ...state.pinned, ...(state.thread?.seqs ?? [])]);
  return { ...state, tail, known: new Map(shown.map((card) => [card.seq, card])) };
}

function keep(state: RoomState, page: MessagePage): RoomState {
  const known = new Map(state.known);
  // What is held is as new as can be, and components compare cards by identity.
  for (const card of upToDate(state, page)) if (!known.has(card.seq)) known.set(card.seq, card);
  return { ...state, known };
}

/** The page's cards with the effect of the events that came after it was read. */
function upToDate(state: RoomState, page: MessagePage): MessageCard[] {
  const missed = state.recent.filter((event) => event.seq > page.head);
  if (missed.length === 0) return [...page.messages];
  const draft = { ...draftOf(state), known: new Map(page.messages.map((card) => [card.seq, card])) };
  for (const event of missed) applyEvent(draft, event);
  return page.messages.map((card) => draft.known.get(card.seq) ?? card);
}

function seqsOf(page: MessagePage): number[] {
  return page.messages.map((card) => card.seq);
}

function joined(earlier: readonly number[], later: readonly number[]): number[] {
  return [...new Set([...earlier, ...later])].sort((one, other) => one - other);
}

/** When the past reaches the tail, both are one. */
function joinedSpans(state: RoomState): RoomState {
  const { past, tail } = state;
  if (past === null || !meet(past, tail)) return state;
  const pastIsEarlier = (past.seqs[0] ?? Infinity) < (tail.seqs[0] ?? Infinity);
  const hasEarlier = pastIsEarlier ? past.hasEarlier : tail.hasEarlier;
  return { ...state, past: null, tail: { seqs: joined(past.seqs, tail.seqs), hasEarlier, hasLater: false } };
}

function meet(past: Span, tail: Span): boolean {
  const newest = past.seqs.at(-1);
  return !past.hasLater || !tail.hasEarlier || (newest !== undefined && newest >= (tail.seqs[0] ?? Infinity));
}
