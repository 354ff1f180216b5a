// What a client holds of a room, and the way from and to the card that the server makes.

import type { MessageCard, PersonCard, PollCard, Rights, RoomCard, RoomEvent, RoomStateCard } from "../types";

/** A run of messages without a gap, oldest first. */
export interface Span {
  readonly seqs: readonly number[];
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
}

export interface Thread extends Span {
  readonly root: number;
}

export interface RoomState {
  /** The last event that is in here. */
  readonly head: number;
  readonly room: RoomCard;
  readonly people: Readonly<Record<string, PersonCard>>;
  readonly me: number;
  readonly read: number;
  readonly rights: Rights;
  /** Every message that is held, wherever it is shown, as it is at `head`. */
  readonly known: ReadonlyMap<number, MessageCard>;
  /** The newest messages. */
  readonly tail: Span;
  /** The place in the past that a jump led to, until it has grown together with the tail. */
  readonly past: Span | null;
  readonly thread: Thread | null;
  /** In the order in which they were pinned. */
  readonly pinned: readonly number[];
  /** Whose hands are up, the first first. */
  readonly hands: readonly number[];
  /** The newest, oldest first. */
  readonly polls: readonly PollCard[];
  /** The last events, to bring up to date what a page of history read a moment ago. */
  readonly recent: readonly RoomEvent[];
}

export function roomState(card: RoomStateCard, head: number): RoomState {
  return {
    head,
    room: card.room,
    people: card.people,
    me: card.me,
    read: card.read,
    rights: card.rights,
    known: new Map([...card.pinned, ...card.messages].map((message) => [message.seq, message])),
    tail: { seqs: card.messages.map((message) => message.seq), hasEarlier: card.has_earlier, hasLater: false },
    past: null,
    thread: null,
    pinned: card.pinned.map((message) => message.seq),
    hands: card.hands,
    polls: card.polls,
    recent: [],
  };
}

/**
 * A fresh state in place of the one held. When nothing was missed, what was loaded of the past stays and only
 * what the log does not tell is renewed: the directory of people, the rights.
 */
export function renewed(state: RoomState, card: RoomStateCard, head: number): RoomState {
  if (head !== state.head) return roomState(card, head);
  // My own choices in polls are no part of the log either.
  const { room, people, rights, polls } = card;
  return { ...state, room, people, rights, polls, read: Math.max(state.read, card.read) };
}

/** The state as the server would write it, with all the messages of the tail. */
export function roomCard(state: RoomState): RoomStateCard {
  return {
    room: state.room,
    messages: messagesAt(state, state.tail.seqs),
    has_earlier: state.tail.hasEarlier,
    pinned: messagesAt(state, state.pinned),
    hands: state.hands,
    polls: state.polls,
    people: state.people,
    read: state.read,
    me: state.me,
    rights: state.rights,
  };
}

/** The messages with these numbers that are held, in this order. */
export function messagesAt(state: RoomState, seqs: readonly number[]): MessageCard[] {
  return seqs.flatMap((seq) => state.known.get(seq) ?? []);
}

/** The oldest message held that somebody else wrote after `mark`, for the line "new since you left". */
export function firstUnread(state: RoomState, mark: number): number | null {
  const isNew = (message: MessageCard) => message.seq > mark && message.by !== state.me && message.removed === null;
  return messagesAt(state, state.tail.seqs).find(isNew)?.seq ?? null;
}
