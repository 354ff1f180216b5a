import assert from "node:assert/strict";
import { test } from "node:test";
import { firstUnread, openPollOf, reduce, reduceAll, renewed, roomCard, roomState, withMyChoice } from "../../../static/src/room/store";
import type { RoomEvent, RoomStateCard } from "../../../static/src/room/types";
import { AT, card, event, ME, message, posted } from "../support/cards";

const LATER = "2022-02-08T11:00:00Z";

/** The card that the client reaches from another one. */
function reached(from: RoomStateCard, head: number, ...events: RoomEvent[]): RoomStateCard {
  return roomCard(reduceAll(roomState(from, head), events));
}

test("a card there and back is the same card", () => {
  const given = card([message(1), message(2, { pinned: true })], { pinned: [message(2, { pinned: true })], has_earlier: true });
  assert.deepEqual(roomCard(roomState(given, 9)), given);
});

test("posted: a new message at the end", () => {
  assert.deepEqual(reached(card([message(1)]), 1, posted(2)), card([message(1), message(2)]));
});

test("a reply carries its quote, and its root counts it", () => {
  const quote = { by: 3, excerpt: "Message 1" };
  assert.deepEqual(
    reached(card([message(1)]), 1, posted(2, { root: 1, quote }, ME, LATER)),
    card([message(1, { replies: 1, last_reply_at: LATER }), message(2, { by: ME, at: LATER, root: 1, quote })]),
  );
});

test("edited: words, time, and the quotes of its replies", () => {
  const reply = (excerpt: string) => message(2, { root: 1, quote: { by: 3, excerpt } });
  const data = { message: 1, text: "**New** words", lang: "pl", doc: [["p", ["b", "New"], " words"]] as const, mentions: [ME], excerpt: "New words" };
  const { message: _, excerpt, ...words } = data;
  assert.deepEqual(
    reached(card([message(1), reply("Message 1")]), 2, event(3, "message.edited", data, 3, LATER)),
    card([message(1, { ...words, edited_at: LATER }), reply(excerpt)]),
  );
});

test("removed: a tombstone in its place, and quotes without words", () => {
  const full = message(1, {
    pinned: true,
    edited_at: AT,
    replies: 1,
    last_reply_at: AT,
    reactions: { agree: [ME] },
    mentions: [ME],
    files: [{ id: 1, name: "a.pdf", content_type: "application/pdf", size: 1, url: "/", thumbnail: null, width: null, height: null }],
  });
  const before = card([full, message(2, { root: 1, quote: { by: 3, excerpt: "Message 1" } })], { pinned: [full] });
  const removed = { by: ME, at: LATER, reason: "Twice" };
  assert.deepEqual(
    reached(before, 2, event(3, "message.removed", { message: 1, reason: "Twice" }, ME, LATER)),
    card([
      message(1, { text: "", removed, replies: 1, last_reply_at: AT }),
      message(2, { root: 1, quote: { by: 3, excerpt: null } }),
    ]),
  );
});

test("pins stand in the order of pinning, an old message comes with its pin", () => {
  const old = message(1);
  const before = card([message(5), message(6)], { has_earlier: true });
  const pins = [
    event(7, "message.pinned", { message: 6, card: message(6) }),
    event(8, "message.pinned", { message: 1, card: old }),
    event(9, "message.pinned", { message: 5, card: message(5) }),
    event(10, "message.unpinned", { message: 6 }),
    event(11, "message.pinned", { message: 6, card: message(6) }),
  ];
  const after = reached(before, 6, ...pins);
  assert.deepEqual(after.pinned.map(({ seq, pinned }) => [seq, pinned]), [[1, true], [5, true], [6, true]]);
  assert.deepEqual(after.messages.map(({ seq, pinned }) => [seq, pinned]), [[5, true], [6, true]]);
  assert.deepEqual(reached(before, 6, event(7, "message.pinned", { message: 2, card: null })), before);
});

test("reactions: in order, each person once, no empty kinds", () => {
  const add = (seq: number, kind: string, by: number) => event(seq, "reaction.added", { message: 1, kind }, by);
  const take = (seq: number, kind: string, by: number) => event(seq, "reaction.removed", { message: 1, kind }, by);
  const after = (...events: RoomEvent[]) => reached(card([message(1)]), 1, ...events).messages[0]?.reactions;
  assert.deepEqual(after(add(2, "agree", 9), add(3, "agree", 3), add(4, "agree", 9)), { agree: [9, 3] });
  assert.deepEqual(after(add(2, "agree", 9), add(3, "useful", 3), take(4, "agree", 9)), { useful: [3] });
  assert.deepEqual(after(take(2, "agree", 9)), {});
});

test("language", () => {
  const after = reached(card([message(1)]), 1, event(2, "message.language_set", { message: 1, lang: "hu" }));
  assert.equal(after.messages[0]?.lang, "hu");
});

test("hands: a queue, each person once", () => {
  const raise = (seq: number, person: number) => event(seq, "hand.raised", { person }, person);
  const lower = (seq: number, person: number) => event(seq, "hand.lowered", { person });
  assert.deepEqual(reached(card([]), 1, raise(2, 9), raise(3, 3), raise(4, ME), lower(5, 9)).hands, [3, ME]);
  assert.deepEqual(reached(card([]), 1, raise(2, 9), lower(3, 9), raise(4, 3), raise(5, 9)).hands, [3, 9]);
  assert.deepEqual(reached(card([], { hands: [9] }), 1, lower(2, 3)).hands, [9]);
});

test("polls: opened, counted, closed in their place; my choice stays", () => {
  const opened = event(2, "poll.opened", { poll: 5, question: "When?", options: ["Now", "Later"], multiple: false });
  const poll = { id: 5, by: 3, at: AT, question: "When?", options: ["Now", "Later"], multiple: false, counts: [0, 0], voters: 0 };
  const before = reduceAll(roomState(card([]), 1), [opened]);
  assert.deepEqual(before.polls, [{ ...poll, mine: [], closed_at: null, closed_seq: null }]);
  assert.equal(openPollOf(before)?.id, 5);
  const voted = event(3, "poll.voted", { poll: 5, counts: [0, 1], voters: 1 });
  const after = reduceAll(withMyChoice(before, 5, [1]), [voted, event(4, "poll.closed", { poll: 5 }, 3, LATER)]);
  assert.deepEqual(after.polls, [{ ...poll, counts: [0, 1], voters: 1, mine: [1], closed_at: LATER, closed_seq: 4 }]);
  assert.equal(openPollOf(after), null);
});

test("polls: the newest twenty are kept", () => {
  const opened = (seq: number) => event(seq, "poll.opened", { poll: seq, question: "?", options: ["1", "2"], multiple: false });
  const events = Array.from({ length: 21 }, (_, index) => opened(index + 2));
  assert.deepEqual(reached(card([]), 1, ...events).polls.map(({ id }) => id), events.slice(1).map(({ seq }) => seq));
});

test("the state of the room decides who may write", () => {
  const set = (state: "open" | "read_only" | "archived", from = card([])) =>
    reached(from, 1, event(2, "room.state_set", { state })).rights;
  assert.deepEqual(set("open"), { post: true, moderate: true, why_not_post: null, post_when_open: true });
  assert.equal(set("read_only").post, false);
  assert.equal(set("read_only").moderate, true);
  assert.match(set("read_only").why_not_post ?? "", /read-only/);
  assert.equal(set("archived").moderate, false);
  const observer = card([], { rights: { post: false, moderate: false, why_not_post: "", post_when_open: false }, me: 3 });
  assert.equal(set("open", observer).post, false);
  assert.match(set("open", observer).why_not_post ?? "", /observer/);
  assert.equal(set("open", observer).moderate, false);
});

test("events that are in the state change nothing, unknown ones only move the head", () => {
  const state = roomState(card([message(1)]), 5);
  assert.equal(reduce(state, posted(5)), state);
  const unknown = { seq: 6, name: "room.painted", at: AT, by: 3, data: {} } as unknown as RoomEvent;
  assert.deepEqual(roomCard(reduce(state, unknown)), roomCard(state));
  assert.equal(reduce(state, unknown).head, 6);
});

test("facts about messages that are not held change nothing", () => {
  const before = card([message(9)], { has_earlier: true });
  const facts = [
    event(10, "message.edited", { message: 2, text: "x", lang: "en", doc: null, mentions: [], excerpt: "x" }),
    event(11, "message.removed", { message: 2, reason: "" }),
    event(12, "reaction.added", { message: 2, kind: "agree" }),
    event(13, "message.language_set", { message: 2, lang: "pl" }),
    event(14, "message.unpinned", { message: 2 }),
  ];
  assert.deepEqual(reached(before, 9, ...facts), before);
});

test("a card that did not change is the same object, the state before is untouched", () => {
  const before = roomState(card([message(1), message(2)]), 2);
  const after = reduce(before, event(3, "reaction.added", { message: 1, kind: "agree" }));
  assert.equal(after.known.get(2), before.known.get(2));
  assert.deepEqual(before.known.get(1)?.reactions, {});
});

test("what is unread begins at the first message of somebody else", () => {
  const state = roomState(card([message(1), message(4, { by: ME }), message(5), message(6)], { read: 3 }), 6);
  assert.equal(firstUnread(state, state.read), 5);
  assert.equal(firstUnread(state, 6), null);
});

test("a fresh state keeps what was loaded of the past when nothing was missed", () => {
  const state = roomState(card([message(1), message(2)]), 2);
  const people = { ...card([]).people, 8: { ...card([]).people[3], id: 8 } } as RoomStateCard["people"];
  const fresh = card([message(2)], { people, has_earlier: true });
  assert.deepEqual(renewed(state, fresh, 2).tail.seqs, [1, 2]);
  assert.equal(renewed(state, fresh, 2).people[8]?.id, 8);
  assert.deepEqual(renewed(state, fresh, 3).tail.seqs, [2]);
});
