import assert from "node:assert/strict";
import { test } from "node:test";
import { FenceKeeper } from "../../../static/src/room/fence";
import { reduce, roomState } from "../../../static/src/room/store";
import { type Row, pollsWithin, rowsOf } from "../../../static/src/room/timeline";
import type { PollCard } from "../../../static/src/room/types";
import { card, message, posted } from "../support/cards";

const told = (rows: readonly Row[]) =>
  rows.map((row) => (row.kind === "message" ? `${row.isContinued ? "+" : ""}${row.card.seq}` : row.kind));

test("days, the line above what is new, and one name for what is said in one breath", () => {
  const cards = [
    message(1, { by: 3, at: "2026-02-08T09:00:00Z" }),
    message(2, { by: 3, at: "2026-02-08T09:04:00Z" }),
    message(3, { by: 3, at: "2026-02-08T09:10:00Z" }),
    message(4, { by: 3, at: "2026-02-09T09:10:00Z" }),
    message(5, { by: 3, at: "2026-02-09T09:11:00Z" }),
    message(6, { by: 5, at: "2026-02-09T09:11:30Z" }),
  ];
  const rows = rowsOf(cards, { seq: 5, since: "2026-02-09T09:10:00Z" });
  assert.deepEqual(told(rows), ["day", "1", "+2", "3", "day", "4", "new", "5", "6"]);
});

test("replies and what was removed stand by themselves", () => {
  const removed = { by: 3, at: "2026-02-08T09:01:00Z", reason: "" };
  const cards = [message(1, { by: 3 }), message(2, { by: 3, root: 1 }), message(3, { by: 3, removed }), message(4, { by: 3 })];
  assert.deepEqual(told(rowsOf(cards, null)), ["day", "1", "2", "3", "4"]);
});

const poll = (closed_seq: number | null) => ({ id: closed_seq ?? 99, closed_seq }) as PollCard;

test("a poll stands where it was closed, and ends a breath", () => {
  const cards = [message(1, { by: 3 }), message(2, { by: 3 }), message(5, { by: 3 }), message(6, { by: 3 })];
  assert.deepEqual(told(rowsOf(cards, null, [poll(3), poll(4), poll(7)])), ["day", "1", "+2", "poll", "poll", "5", "+6", "poll"]);
  assert.deepEqual(told(rowsOf([], null, [poll(3)])), ["poll"]);
});

test("polls from where messages are not loaded wait for them", () => {
  const polls = [poll(2), poll(5), poll(9), poll(null)];
  const within = (hasEarlier: boolean, hasLater: boolean) =>
    pollsWithin(polls, { seqs: [4, 8], hasEarlier, hasLater }).map((each) => each.closed_seq);
  assert.deepEqual(within(true, true), [5]);
  assert.deepEqual(within(false, true), [2, 5]);
  assert.deepEqual(within(true, false), [5, 9]);
});

test("the line stands by the read marker at first, and by one's absence later", () => {
  let state = roomState(card([message(1, { by: 3 }), message(2, { by: 3 })]), 2);
  const keeper = new FenceKeeper({ ...state, read: 1 });
  assert.equal(keeper.fence.value?.seq, 2);

  state = reduce(state, posted(3, {}, 3));
  keeper.came(state);
  assert.equal(keeper.fence.value?.seq, 2);

  keeper.away("hidden", state, "2026-02-08T10:00:00Z");
  state = reduce(state, posted(4, {}, 41));
  keeper.came(state);
  assert.deepEqual([keeper.fence.value?.seq, keeper.hasNews.value], [2, false]);
  state = reduce(state, posted(5, {}, 3));
  keeper.came(state);
  assert.deepEqual(keeper.fence.value, { seq: 5, since: "2026-02-08T10:00:00Z" });
  assert.equal(keeper.hasNews.value, true);

  keeper.back("hidden");
  assert.equal(keeper.hasNews.value, false);
  state = reduce(state, posted(6, {}, 3));
  keeper.came(state);
  assert.equal(keeper.fence.value?.seq, 5);
});
