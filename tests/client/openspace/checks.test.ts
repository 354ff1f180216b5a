import assert from "node:assert/strict";
import { test } from "node:test";
import { warningsOf, type Warning } from "../../../static/src/openspace/checks";
import type { GatheringStateCard } from "../../../static/src/openspace/types";
import { board, ME, slot, space, topic } from "../support/gatherings";

function found(changes: Partial<GatheringStateCard>, me: number | null = null): Warning[] {
  return warningsOf(board(changes), me);
}

function kinds(warnings: readonly Warning[]): [string, number, readonly number[]][] {
  return warnings.map(({ kind, topic: id, others }) => [kind, id, others]);
}

test("topics in their own cells are fine", () => {
  assert.deepEqual(found({ topics: [topic(1, [[1, 1]]), topic(2, [[1, 2]]), topic(3, [[2, 1]]), topic(4)] }), []);
});

test("space_twice: two topics in a cell, said of both", () => {
  const warnings = found({ topics: [topic(1, [[1, 1]]), topic(2, [[1, 1]])] });
  assert.deepEqual(kinds(warnings), [["space_twice", 1, [2]], ["space_twice", 2, [1]]]);
  assert.deepEqual([warnings[0]?.slot, warnings[0]?.space], [1, 1]);
});

test("convener_twice: a convener here is a co-convener there", () => {
  const warnings = found({ topics: [topic(1, [[1, 1]]), topic(2, [[1, 2]], { co_conveners: [11] })] });
  assert.deepEqual(kinds(warnings), [["convener_twice", 1, [2]], ["convener_twice", 2, [1]]]);
  assert.deepEqual(warnings[0]?.people, [11]);
  assert.deepEqual(found({ topics: [topic(1, [[1, 1]]), topic(2, [[2, 2]], { co_conveners: [11] })] }), []);
});

test("a topic that nobody convenes is in nobody's way", () => {
  assert.deepEqual(found({ topics: [topic(1, [[1, 1]], { convener: null }), topic(2, [[1, 2]], { convener: null })] }), []);
});

test("not_with: one of them wished it, both are told", () => {
  const warnings = found({ topics: [topic(1, [[1, 1]], { not_with: [2] }), topic(2, [[1, 2]])] });
  assert.deepEqual(kinds(warnings), [["not_with", 1, [2]], ["not_with", 2, [1]]]);
});

test("too_small: interest or a wish above what there is room for", () => {
  const small = { spaces: [space(1, { capacity: 2 })] };
  assert.deepEqual(kinds(found({ ...small, topics: [topic(1, [[1, 1]], { interested: [1, 2, 3] })] })), [["too_small", 1, []]]);
  assert.deepEqual(kinds(found({ ...small, topics: [topic(1, [[1, 1]], { wished_capacity: 3 })] })), [["too_small", 1, []]]);
  assert.deepEqual(found({ ...small, topics: [topic(1, [[1, 1]], { interested: [1, 2], wished_capacity: 2 })] }), []);
});

test("in_break", () => {
  assert.deepEqual(kinds(found({ slots: [slot(1, { kind: "break" })], topics: [topic(1, [[1, 1]])] })), [["in_break", 1, []]]);
});

test("gone: a removed space, a slot that is not there, a wish about a withdrawn topic", () => {
  assert.deepEqual(kinds(found({ spaces: [space(1, { is_removed: true })], topics: [topic(1, [[1, 1]])] })), [["gone", 1, []]]);
  assert.deepEqual(kinds(found({ topics: [topic(1, [[9, 1]])] })), [["gone", 1, []]]);
  const withdrawn = topic(2, [], { state: "withdrawn" });
  assert.deepEqual(kinds(found({ topics: [topic(1, [[1, 1]], { not_with: [2] }), withdrawn] })), [["gone", 1, [2]]]);
});

test("a withdrawn topic is in nobody's way", () => {
  assert.deepEqual(found({ topics: [topic(1, [[1, 1]]), topic(2, [[1, 1]], { state: "withdrawn" })] }), []);
});

test("both_marked: for the viewer alone", () => {
  const topics = [topic(1, [[1, 1]], { interested: [ME] }), topic(2, [[1, 2]], { interested: [ME] })];
  assert.deepEqual(kinds(found({ topics }, ME)), [["both_marked", 1, [2]], ["both_marked", 2, [1]]]);
  assert.deepEqual(found({ topics }, 99), []);
});
