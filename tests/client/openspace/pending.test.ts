import assert from "node:assert/strict";
import { test } from "node:test";
import type { OutboxItem } from "../../../static/src/live/outbox";
import { pendingTopics, withPending } from "../../../static/src/openspace/pending";
import { gatheringState } from "../../../static/src/openspace/store";
import { board, ME, topic } from "../support/gatherings";

function item(name: string, data: object, changes: Partial<OutboxItem> = {}): OutboxItem {
  return { id: "i", stream: "gathering:1", name, data, at: 0, after: 0, keep: false, show: null, state: "sending", seq: null, refusal: null, ...changes };
}

const before = gatheringState(board({ topics: [topic(1)] }), 4);

test("my interest and my moves are shown before they are confirmed", () => {
  const shown = withPending(before, [item("interest.mark", { topic: 1 }), item("person.move", { space: 2 })]);
  assert.deepEqual(shown.topics[0]?.interested, [ME]);
  assert.deepEqual(shown.where, { [ME]: 2 });
});

test("a placement is not: somebody may be faster", () => {
  assert.equal(withPending(before, [item("topic.place", { topic: 1, slot: 1, space: 1, beside: [] })]), before);
});

test("what the state holds already is laid over it no more", () => {
  assert.equal(withPending(before, [item("interest.mark", { topic: 1 }, { state: "sent", seq: 4 })]), before);
});

test("my proposal waits to be shown, until its event has come", () => {
  const words = { title: "Deputies", language: "en" };
  const waits = item("topic.propose", words, { state: "sent", seq: 5 });
  assert.deepEqual(pendingTopics(before, [waits]).map((each) => each.words), [words]);
  assert.deepEqual(pendingTopics({ ...before, head: 5 }, [waits]), []);
});
