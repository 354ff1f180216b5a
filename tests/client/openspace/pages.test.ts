import assert from "node:assert/strict";
import { test } from "node:test";
import { screensOf } from "../../../static/src/projector/pages";
import { AT, board, gathering, slot, topic } from "../support/gatherings";

const OVER = slot(1, { started_at: AT, ended_at: AT });
const TOPICS = [topic(1, [[1, 1]]), topic(2, [[1, 2]], { did_not_happen: true }), topic(3, [[2, 1]])];
const kinds = (changes: Parameters<typeof board>[0]) => screensOf(board({ slots: [OVER, slot(2)], topics: TOPICS, ...changes })).map(({ kind }) => kind);

test("what runs or comes is shown, and what waits", () => {
  assert.deepEqual(kinds({ topics: [...TOPICS, topic(4)] }), ["slot", "waiting"]);
  const [first] = screensOf(board({ slots: [OVER, slot(2)], topics: TOPICS }));
  assert.ok(first?.kind === "slot" && first.slot.id === 2);
});

test("who has the talking piece comes first", () => {
  const circle = { kind: "opening", order: [7], at: 0 } as const;
  assert.deepEqual(kinds({ gathering: gathering({ stage: "opening", circle }) }), ["circle", "slot"]);
  assert.deepEqual(kinds({ gathering: gathering({ stage: "closing", circle: { ...circle, kind: "closing" } }) }), ["circle"]);
});

test("once the rounds are left, what came out is shown and no round", () => {
  const screens = screensOf(board({ gathering: gathering({ stage: "converging", voting: "open" }), topics: TOPICS }));
  assert.deepEqual(screens, [{ kind: "ballot", ids: [1, 3], part: 1, of: 1 }]);
  const closed = gathering({ stage: "closed", voting: "closed", results: { 1: 2, 3: 5 } });
  const action = { id: 4, topic: null, what: "Try it", convener: 7, first_step: "", due: null, by: 7, at: AT, is_removed: false };
  const word = { id: 7, word: "Courage", at: AT };
  assert.deepEqual(screensOf(board({ gathering: closed, topics: TOPICS, actions: [action], words: [word] })), [
    { kind: "results", ids: [3, 1], part: 1, of: 1 },
    { kind: "actions", ids: [4], part: 1, of: 1 },
    { kind: "words", ids: [7], part: 1, of: 1 },
  ]);
});

test("where nothing came out yet, the rounds that were held stay", () => {
  const screens = screensOf(board({ gathering: gathering({ stage: "converging" }), slots: [OVER, slot(2)], topics: TOPICS }));
  assert.deepEqual(screens.map((screen) => screen.kind === "slot" && screen.slot.id), [1]);
});
