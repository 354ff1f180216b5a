// (state, event) → state. The result is what the server would give to somebody who comes in now; what each
// event does is written with its struct in rooms/events.py.

import { dayOf, formatMoment, formatTime, t } from "../../i18n";
import type { MessageCard, MessageEdited, Quiet, Rights, RoomEvent, RoomStateName } from "../types";
import { closePoll, countVotes, openPoll } from "./polls";
import type { RoomState } from "./state";

const RECENT_EVENTS = 500;

/** The parts of a state that events change: copied once per batch, then changed in place. */
export interface Draft {
  readonly known: Map<number, MessageCard>;
  readonly tail: number[];
  readonly thread: { readonly root: number; readonly seqs: number[]; readonly hasLater: boolean } | null;
  readonly pinned: Set<number>;
  readonly role: string | undefined;
  readonly me: number;
  hands: RoomState["hands"];
  polls: RoomState["polls"];
  people: RoomState["people"];
  room: RoomState["room"];
  rights: Rights;
}

export function reduce(state: RoomState, event: RoomEvent): RoomState {
  return reduceAll(state, [event]);
}

/** Applies events in order. Those that are in the state already change nothing; unknown ones are passed over. */
export function reduceAll(state: RoomState, events: readonly RoomEvent[]): RoomState {
  const fresh = events.filter((event) => event.seq > state.head);
  const last = fresh.at(-1);
  if (last === undefined) return state;
  const draft = draftOf(state);
  for (const event of fresh) applyEvent(draft, event);
  const recent = [...state.recent, ...fresh].slice(-RECENT_EVENTS);
  return { ...settled(state, draft), head: last.seq, recent };
}

export function draftOf(state: RoomState): Draft {
  return {
    known: new Map(state.known),
    tail: [...state.tail.seqs],
    thread: state.thread && { ...state.thread, seqs: [...state.thread.seqs] },
    pinned: new Set(state.pinned),
    role: state.people[state.me]?.role,
    me: state.me,
    hands: state.hands,
    polls: state.polls,
    people: state.people,
    room: state.room,
    rights: state.rights,
  };
}

export function settled(state: RoomState, draft: Draft): RoomState {
  return {
    ...state,
    room: draft.room,
    rights: draft.rights,
    known: draft.known,
    tail: { ...state.tail, seqs: draft.tail },
    thread: state.thread && draft.thread && { ...state.thread, seqs: draft.thread.seqs },
    pinned: [...draft.pinned],
    hands: draft.hands,
    polls: draft.polls,
    people: draft.people,
  };
}

export function applyEvent(draft: Draft, event: RoomEvent): void {
  switch (event.name) {
    case "message.posted":
      return post(draft, event);
    case "message.edited":
      return edit(draft, event.data, event.at);
    case "message.removed":
      return remove(draft, event);
    case "message.language_set":
      return change(draft, event.data.message, { lang: event.data.lang });
    case "message.pinned":
      return pin(draft, event.data);
    case "message.unpinned":
      draft.pinned.delete(event.data.message);
      return change(draft, event.data.message, { pinned: false });
    case "reaction.added":
      return addReaction(draft, event.data.message, event.data.kind, event.by ?? 0);
    case "reaction.removed":
      return removeReaction(draft, event.data.message, event.data.kind, event.by ?? 0);
    case "hand.raised":
      draft.hands = [...draft.hands.filter((id) => id !== event.data.person), event.data.person];
      return;
    case "hand.lowered":
      draft.hands = draft.hands.filter((id) => id !== event.data.person);
      return;
    case "poll.opened":
      draft.polls = openPoll(draft.polls, event);
      return;
    case "poll.voted":
      draft.polls = countVotes(draft.polls, event.data);
      return;
    case "poll.closed":
      draft.polls = closePoll(draft.polls, event);
      return;
    case "room.members_set":
      draft.people = withMembers(draft.people, new Set(event.data.people));
      return;
    case "room.quieted":
      draft.rights = { ...draft.rights, quiet: event.data.quiet };
      draft.rights = rightsIn(draft.room.state, draft);
      return;
    case "room.renamed":
      draft.room = event.data.room;
      return;
    case "room.state_set":
      draft.room = { ...draft.room, state: event.data.state };
      draft.rights = rightsIn(event.data.state, draft);
  }
}

function post(draft: Draft, { seq, by, at, data }: Extract<RoomEvent, { name: "message.posted" }>): void {
  draft.known.set(seq, {
    seq,
    by: by ?? 0,
    at,
    ...data,
    reactions: {},
    edited_at: null,
    removed: null,
    pinned: false,
    replies: 0,
    last_reply_at: null,
  });
  draft.tail.push(seq);
  if (data.root === null) return;
  if (draft.thread?.root === data.root && !draft.thread.hasLater) draft.thread.seqs.push(seq);
  change(draft, data.root, (root) => ({ replies: root.replies + 1, last_reply_at: at }));
}

function edit(draft: Draft, { message, text, lang, doc, mentions, excerpt }: MessageEdited, at: string): void {
  change(draft, message, { text, lang, doc, mentions, edited_at: at });
  requote(draft, message, excerpt);
}

function requote(draft: Draft, root: number, excerpt: string | null): void {
  for (const reply of draft.known.values()) {
    if (reply.root === root && reply.quote !== null) change(draft, reply.seq, { quote: { ...reply.quote, excerpt } });
  }
}

/** Leaves a tombstone in its place. */
function remove(draft: Draft, { by, at, data }: Extract<RoomEvent, { name: "message.removed" }>): void {
  draft.pinned.delete(data.message);
  requote(draft, data.message, null);
  change(draft, data.message, {
    text: "",
    doc: null,
    files: [],
    mentions: [],
    reactions: {},
    pinned: false,
    edited_at: null,
    removed: { by: by ?? 0, at, reason: data.reason },
  });
}

function pin(draft: Draft, { message, card }: Extract<RoomEvent, { name: "message.pinned" }>["data"]): void {
  const held = draft.known.get(message) ?? card;
  // Neither held nor sent along: it was removed since, and the event that says so is on its way.
  if (held === null) return;
  draft.known.set(message, { ...held, pinned: true });
  draft.pinned.add(message);
}

function addReaction(draft: Draft, message: number, kind: string, by: number): void {
  change(draft, message, ({ reactions }) => {
    const people = reactions[kind] ?? [];
    return people.includes(by) ? {} : { reactions: { ...reactions, [kind]: [...people, by] } };
  });
}

function removeReaction(draft: Draft, message: number, kind: string, by: number): void {
  change(draft, message, ({ reactions }) => {
    const { [kind]: people = [], ...others } = reactions;
    const left = people.filter((person) => person !== by);
    return { reactions: left.length > 0 ? { ...reactions, [kind]: left } : others };
  });
}

type Changes = Partial<MessageCard>;

function change(draft: Draft, message: number, changes: Changes | ((card: MessageCard) => Changes)): void {
  const card = draft.known.get(message);
  if (card === undefined) return;
  draft.known.set(message, { ...card, ...(typeof changes === "function" ? changes(card) : changes) });
}

/** As rooms/rules.py, with its words. */
function rightsIn(state: RoomStateName, { rights, role, me }: Draft): Rights {
  const moderates = role === "facilitator" || role === "organiser";
  const quiet = rights.quiet?.people.includes(me) === true ? rights.quiet : null;
  return {
    ...rights,
    post: state === "open" && rights.post_when_open && quiet === null,
    moderate: state !== "archived" && moderates,
    why_not_post: whyNotPost(state, rights.post_when_open, quiet),
  };
}

function whyNotPost(state: RoomStateName, mayPostWhenOpen: boolean, quiet: Quiet | null): string | null {
  if (state === "archived") return t("This room is archived. You can read it, but nobody can write here any more.");
  if (!mayPostWhenOpen) return t("You are an observer here: you can read everything, but not write.");
  if (state === "open") return quiet && whyQuiet(quiet);
  return t("This room is read-only at the moment. You can read it, but nobody can write here.");
}

/** As rooms/quiet.py, with its words. */
function whyQuiet({ kind, until }: Quiet): string {
  const why = kind === "listen" ? t("The others talk now, and you listen.") : t("This is a time of silence.");
  if (until === null) return `${why} ${t("You can write here again when this step is over.")}`;
  const time = dayOf(until) === dayOf(Date.now()) ? formatTime(until) : formatMoment(until);
  return `${why} ${t("You can write here again when this step is over; it is planned until {time}.", { time })}`;
}

/** Everybody stays in the directory; who may not come in counts as past. */
function withMembers(people: RoomState["people"], present: ReadonlySet<number>): RoomState["people"] {
  return Object.fromEntries(Object.entries(people).map(([key, card]) => [key, { ...card, past: !present.has(card.id) }]));
}
