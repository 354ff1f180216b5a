import assert from "node:assert/strict";
import { test } from "node:test";
import { consultationCard, consultationState, lacksMine, reduceAll, withMine, withoutMine } from "../../../static/src/consultation/store";
import type { ConsultationEvent } from "../../../static/src/consultation/types";
import { AT, card, entry, run } from "./cards";

function event(seq: number, name: ConsultationEvent["name"], data: object, by = 2): ConsultationEvent {
  return { seq, name, data, by, at: AT } as unknown as ConsultationEvent;
}

test("entries are put in their place, changed and taken out", () => {
  const state = reduceAll(consultationState(card(), 0), [
    event(1, "entry.set", { entry: entry(1) }),
    event(2, "entry.set", { entry: entry(2) }),
    event(3, "entry.set", { entry: entry(1, { verdict: "take", revision: 1 }) }),
    event(4, "entry.removed", { entry: 2 }),
    event(5, "parts.set", { parts: [{ id: 2, part: "case_giver" }] }),
  ]);
  assert.deepEqual(consultationCard(state), {
    ...card(),
    entries: [entry(1, { verdict: "take", revision: 1 })],
    parts: [{ id: 2, part: "case_giver" }],
  });
});

test("what is hidden stays with its author until all is shown", () => {
  const hidden = reduceAll(consultationState(card(), 0), [event(1, "entry.hidden", { hidden: [{ id: 2, count: 1 }] })]);
  assert.equal(lacksMine(hidden), true);
  const mine = withMine(hidden, { entry: entry(1), is_hidden: true });
  assert.deepEqual([mine.mine.length, mine.entries.length, lacksMine(mine)], [1, 0, false]);
  assert.equal(withoutMine(mine, 1).mine.length, 0);
  const shown = reduceAll(mine, [event(2, "consultation.moved", { how: "revealed", run: run(), entries: [entry(1), entry(3, { by: 3 })] })]);
  assert.deepEqual([shown.entries.map(({ id }) => id), shown.mine, shown.hidden], [[1, 3], [], []]);
  // The answer to one's own command comes after the event that showed it.
  assert.equal(withMine(shown, { entry: entry(1), is_hidden: true }), shown);
});

test("moving the clock leaves what is hidden alone, and what is known already changes nothing", () => {
  const state = withMine(consultationState(card({ hidden: [{ id: 2, count: 1 }] }), 4), { entry: entry(1), is_hidden: true });
  const moved = event(5, "consultation.moved", { how: "extended", run: run({ phase: 1 }), entries: [] });
  assert.deepEqual([reduceAll(state, [moved]).mine.length, reduceAll(state, [moved]).run.phase], [1, 1]);
  assert.equal(reduceAll(state, [event(4, "entry.removed", { entry: 1 })]), state);
});
