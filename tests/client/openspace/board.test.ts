import assert from "node:assert/strict";
import { test } from "node:test";
import { columns, freeCellsNear, mergedTopics } from "../../../static/src/openspace/board";
import { slot, space, topic } from "../support/gatherings";

const LOUNGE = space(9, { kind: "lounge" });

test("columns are the spaces for topics, and a lounge while a topic stands there", () => {
  const spaces = [space(1), space(2, { is_removed: true }), LOUNGE];
  assert.deepEqual(columns({ spaces, slots: [], topics: [] }), [space(1)]);
  assert.deepEqual(columns({ spaces, slots: [], topics: [topic(1, [[1, 9]])] }), [space(1), LOUNGE]);
  assert.deepEqual(columns({ spaces, slots: [], topics: [topic(1, [[1, 9]], { state: "withdrawn" })] }), [space(1)]);
});

test("free cells: first the same round beside, then the same space later", () => {
  const board = { spaces: [space(1), space(2), LOUNGE], slots: [slot(1), slot(2)], topics: [topic(1, [[1, 1]])] };
  assert.deepEqual(freeCellsNear(board, { slot: 1, space: 1 }), [
    { slot: 1, space: 2 },
    { slot: 2, space: 1 },
    { slot: 2, space: 2 },
  ]);
});

test("a break and a round that is over have no free cells", () => {
  const over = slot(1, { started_at: "2022-02-10T10:00:00Z", ended_at: "2022-02-10T10:45:00Z" });
  const board = { spaces: [space(1)], slots: [over, slot(2, { kind: "break" })], topics: [] };
  assert.deepEqual(freeCellsNear(board, { slot: 1, space: 1 }), []);
});

test("topics that went together stand under the one that is left, through several steps", () => {
  const merged = (id: number, merged_into: number) => topic(id, [], { state: "merged", merged_into });
  const found = mergedTopics([topic(1, []), merged(2, 1), merged(3, 2), topic(4, [])]);
  assert.deepEqual([...found], [[1, [2, 3]]]);
});
