// (state, event) → state. The result is what the server would give to somebody who comes in now.

import type { MessageCard, MessageEdited, Quote, Rights, RoomEvent, RoomStateName } from "../types";
import { t } from "../../i18n";
import type { RoomState } from "./state";

const RECENT_EVENTS = 500;
const WANTED_MESSAGES = 30;
const EXCERPT_CODE_POINTS = 120;
// What Python's str.split() takes for white space.
const WHITE_SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;

/** The parts of a state that events change; made once per batch, changed in place. */
export interface Draft {
  readonly known: Map<number, MessageCard>;
  readonly tail: number[];
  readonly thread: { readonly root: number; readonly seqs: number[]; readonly isOpenEnded: boolean } | null;
  readonly pinned: Set<number>;
  readonly wanted: Set<number>;
  room: RoomState["room"];
  rights: Rights;
  readonly role: string | undefined;
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
  return {
    ...settled(state, draft),
    head: last.seq,
    recent: [...state.recent, ...fresh].slice(-RECENT_EVENTS),
  };
}

export function draftOf(state: RoomState): Draft {
  return {
    known: new Map(state.known),
    tail: [...state.tail.seqs],
    thread: state.thread && { root: state.thread.root, seqs: [...state.thread.seqs], isOpenEnded: state.thread.hasLater },
    pinned: new Set(state.pinned),
    wanted: new Set(state.wanted),
    room: state.room,
    rights: state.rights,
    role: state.people[state.me]?.role,
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
    pinned: [...draft.pinned].sort((one, other) => one - other),
    wanted: [...draft.wanted].slice(-WANTED_MESSAGES),
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
      return pin(draft, event.data.message);
    case "message.unpinned":
      draft.pinned.delete(event.data.message);
      return change(draft, event.data.message, { pinned: false });
    case "reaction.added":
      return addReaction(draft, event.data.message, event.data.kind, event.by ?? 0);
    case "reaction.removed":
      return removeReaction(draft, event.data.message, event.data.kind, event.by ?? 0);
    case "room.state_set":
      draft.room = { ...draft.room, state: event.data.state };
      draft.rights = rightsIn(event.data.state, draft);
  }
}

function post(draft: Draft, event: Extract<RoomEvent, { name: "message.posted" }>): void {
  const { text, lang, doc, root, mentions, files } = event.data;
  draft.known.set(event.seq, {
    seq: event.seq,
    by: event.by ?? 0,
    at: event.at,
    text,
    lang,
    doc,
    root,
    quote: root === null ? null : quoteOf(draft, root),
    mentions,
    files,
    reactions: {},
    edited_at: null,
    removed: null,
    pinned: false,
    replies: 0,
    last_reply_at: null,
  });
  draft.tail.push(event.seq);
  if (root === null) return;
  if (draft.thread?.root === root && !draft.thread.isOpenEnded) draft.thread.seqs.push(event.seq);
  change(draft, root, (card) => ({ replies: card.replies + 1, last_reply_at: event.at }));
}

function quoteOf(draft: Draft, root: number): Quote | null {
  const quoted = draft.known.get(root);
  if (quoted === undefined) {
    draft.wanted.add(root);
    return null;
  }
  return { by: quoted.by, excerpt: quoted.removed === null ? excerptOf(quoted.text) : null };
}

export function excerptOf(text: string): string {
  return [...text.replace(WHITE_SPACE, " ").trim()].slice(0, EXCERPT_CODE_POINTS).join("");
}

function edit(draft: Draft, { message, text, lang, doc, mentions }: MessageEdited, at: string): void {
  change(draft, message, { text, lang, doc, mentions, edited_at: at });
  requote(draft, message, excerptOf(text));
}

function requote(draft: Draft, root: number, excerpt: string | null): void {
  for (const reply of draft.known.values()) {
    if (reply.root === root && reply.quote !== null) change(draft, reply.seq, { quote: { ...reply.quote, excerpt } });
  }
}

function remove(draft: Draft, event: Extract<RoomEvent, { name: "message.removed" }>): void {
  const { message, reason } = event.data;
  const card = draft.known.get(message);
  draft.pinned.delete(message);
  requote(draft, message, null);
  if (card === undefined) return wantRootsOfUnknownReply(draft, message);
  if (card.removed !== null) return;
  change(draft, message, {
    text: "",
    doc: null,
    files: [],
    mentions: [],
    reactions: {},
    pinned: false,
    removed: { by: event.by ?? 0, at: event.at, reason },
  });
  if (card.root !== null) uncountReply(draft, card.root);
}

function uncountReply(draft: Draft, root: number): void {
  const card = draft.known.get(root);
  if (card === undefined) return;
  const replies = card.replies - 1;
  const known = knownReplies(draft, root);
  if (known.length !== replies) draft.wanted.add(root);
  change(draft, root, { replies, last_reply_at: known.at(-1)?.at ?? null });
}

function knownReplies(draft: Draft, root: number): MessageCard[] {
  const replies = [...draft.known.values()].filter((card) => card.root === root && card.removed === null);
  return replies.sort((one, other) => one.seq - other.seq);
}

/** The removed message may have been a reply to any older root whose replies are not all held. */
function wantRootsOfUnknownReply(draft: Draft, reply: number): void {
  for (const card of draft.known.values()) {
    if (card.seq < reply && card.replies > knownReplies(draft, card.seq).length) draft.wanted.add(card.seq);
  }
}

function pin(draft: Draft, message: number): void {
  if (!draft.known.has(message)) return void draft.wanted.add(message);
  draft.pinned.add(message);
  change(draft, message, { pinned: true });
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

/** As `rooms.rules`: one writes in open rooms only, and observers never. */
function rightsIn(state: RoomStateName, draft: Draft): Rights {
  const why = whyNotPost(state, draft.role);
  return { ...draft.rights, post: why === null, why_not_post: why };
}

function whyNotPost(state: RoomStateName, role: string | undefined): string | null {
  if (role === "observer") return t("Observers read along, but do not write.");
  if (state === "read_only") return t("This room is read-only.");
  if (state === "archived") return t("This room is archived.");
  return null;
}
