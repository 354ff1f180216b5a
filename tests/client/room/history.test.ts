import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addEarlier,
  addPastEarlier,
  addPastLater,
  addThreadLater,
  closeThread,
  forgetEarliest,
  isAhead,
  leavePast,
  messagesAt,
  reduce,
  reduceAll,
  roomCard,
  roomState,
  showPast,
  showThread,
} from "../../../static/src/room/store";
import { card, event, message, page, posted } from "../support/cards";

const TAIL = roomState(card([message(50), message(51)], { has_earlier: true }), 51);

test("older messages come above the newest", () => {
  const state = addEarlier(TAIL, page([message(48), message(49)], 51, { has_earlier: true, has_later: true }));
  assert.deepEqual(state.tail, { seqs: [48, 49, 50, 51], hasEarlier: true, hasLater: false });
  assert.equal(addEarlier(state, page([message(1)], 51)).tail.hasEarlier, false);
});

test("a page that was read before the last events is brought up to date", () => {
  const state = reduce(reduce(TAIL, event(52, "reaction.added", { message: 49, kind: "agree" }, 9)), posted(53, { root: 49 }));
  const after = addEarlier(state, page([message(49)], 51));
  assert.deepEqual(after.known.get(49)?.reactions, { agree: [9] });
  assert.equal(after.known.get(49)?.replies, 1);
  assert.deepEqual(after.tail.seqs, [49, 50, 51, 53]);
  const exact = addEarlier(state, page([message(49, { replies: 1 })], 53));
  assert.equal(exact.known.get(49)?.replies, 1);
});

test("a page that knows more than the log has to wait", () => {
  assert.equal(isAhead(TAIL, page([], 52)), true);
  assert.equal(isAhead(TAIL, page([], 51)), false);
});

test("a jump into the past lives beside the tail and hears of events too", () => {
  const middle = { has_earlier: true, has_later: true };
  let state = showPast(TAIL, page([message(10), message(11)], 51, middle));
  assert.deepEqual(state.past, { seqs: [10, 11], hasEarlier: true, hasLater: true });
  state = reduce(state, event(52, "message.removed", { message: 10, reason: "" }));
  assert.equal(messagesAt(state, state.past?.seqs ?? [])[0]?.text, "");
  state = reduce(state, posted(53));
  assert.deepEqual(state.past?.seqs, [10, 11]);
  state = addPastEarlier(state, page([message(9)], 53, { has_later: true }));
  assert.deepEqual(state.past, { seqs: [9, 10, 11], hasEarlier: false, hasLater: true });
  assert.equal(leavePast(state).past, null);
});

test("past and tail become one where they meet", () => {
  const state = showPast(TAIL, page([message(10)], 51, { has_earlier: true, has_later: true }));
  const joined = addPastLater(state, page([message(30), message(50)], 51, { has_earlier: true, has_later: true }));
  assert.equal(joined.past, null);
  assert.deepEqual(joined.tail, { seqs: [10, 30, 50, 51], hasEarlier: true, hasLater: false });
});

test("a jump to what is in the tail already only makes it longer", () => {
  const state = showPast(TAIL, page([message(49), message(50)], 51, { has_earlier: true, has_later: true }));
  assert.equal(state.past, null);
  assert.deepEqual(state.tail.seqs, [49, 50, 51]);
});

test("a thread grows with its replies, unless its end is not loaded yet", () => {
  const root = message(10, { replies: 1 });
  const reply = message(50, { root: 10 });
  let state = showThread(TAIL, 10, page([root, reply], 51));
  state = reduce(state, posted(52, { root: 10 }));
  state = reduce(state, posted(53));
  assert.deepEqual(state.thread?.seqs, [10, 50, 52]);
  assert.equal(state.known.get(10)?.replies, 2);
  assert.equal(closeThread(state).thread, null);

  let long = showThread(TAIL, 10, page([root], 51, { has_later: true }));
  long = reduce(long, posted(52, { root: 10 }));
  assert.deepEqual(long.thread?.seqs, [10]);
  long = addThreadLater(long, page([reply, message(52, { root: 10 })], 52, { has_earlier: true }));
  assert.deepEqual(long.thread, { root: 10, seqs: [10, 50, 52], hasEarlier: false, hasLater: false });
});

test("cards that are held keep their identity", () => {
  const state = addEarlier(TAIL, page([message(49), message(50)], 51));
  assert.equal(state.known.get(50), TAIL.known.get(50));
});

/** The messages from the first number to the last. */
function run(first: number, last: number) {
  return Array.from({ length: last - first + 1 }, (_, index) => message(first + index));
}

test("of very many messages the newest stay, and what is shown beside them", () => {
  const full = card(run(1, 2_000), { pinned: [message(5, { pinned: true })] });
  const few = showThread(roomState(full, 2_000), 7, page([message(7), message(9, { root: 7 })], 2_000));
  assert.equal(forgetEarliest(few), few);
  const many = forgetEarliest(reduce(few, posted(2_001)));
  assert.deepEqual(many.tail, { seqs: run(1_002, 2_001).map(({ seq }) => seq), hasEarlier: true, hasLater: false });
  assert.equal(many.known.size, 1_000 + 3);
  assert.equal(messagesAt(many, many.pinned).length, 1);
  assert.equal(messagesAt(many, many.thread?.seqs ?? []).length, 2);
  const elsewhere = showPast(roomState(card(run(3_000, 5_001), { has_earlier: true }), 5_001), page(run(1, 2), 5_001, { has_later: true }));
  assert.equal(forgetEarliest(elsewhere), elsewhere);
});

test("who let go of messages comes to the same state by the same events", () => {
  const before = reduce(roomState(card(run(1, 2_000)), 2_000), posted(2_001));
  const events = [
    event(2_002, "message.pinned", { message: 3, card: message(3, { pinned: true }) }),
    event(2_003, "reaction.added", { message: 4, kind: "agree" }, 9),
    event(2_004, "message.removed", { message: 1_500, reason: "" }),
    posted(2_005, { root: 5, quote: { by: 3, excerpt: "Message 5" } }),
    event(2_006, "message.edited", { message: 5, text: "x", lang: "en", doc: null, mentions: [], excerpt: "x" }),
  ];
  const all = roomCard(reduceAll(before, events));
  let state = reduceAll(forgetEarliest(before), events);
  assert.deepEqual(roomCard(state), { ...all, has_earlier: true, messages: all.messages.slice(1_001) });
  state = addEarlier(state, page(all.messages.slice(0, 1_001), 2_006));
  assert.deepEqual(roomCard(state), all);
});
