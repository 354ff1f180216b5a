import assert from "node:assert/strict";
import { test } from "node:test";
import { daysLeft, figureOf, landingBetween, leftOf, reopeningFor, shareLeft } from "../../../static/src/consultation/clock";
import { AT, card, phase, run } from "./cards";

const MINUTE = 60_000;
const START = Date.parse(AT);

test("what is left: counts down, goes over, stands while paused", () => {
  assert.equal(leftOf(run(), START), 10 * MINUTE);
  assert.equal(leftOf(run(), START + 11 * MINUTE), -MINUTE);
  assert.equal(leftOf(run({ state: "paused", phase_ends_at: null, paused_left: 90 }), START), 90_000);
  assert.equal(leftOf(run({ state: "finished", phase_ends_at: null }), START), null);
});

test("figures", () => {
  assert.deepEqual([figureOf(342_000), figureOf(341_001), figureOf(0), figureOf(-80_000)], ["5:42", "5:42", "0:00", "+1:20"]);
  assert.deepEqual([shareLeft(phase("a"), 5 * MINUTE), shareLeft(phase("a"), 15 * MINUTE), shareLeft(phase("a"), -1)], [0.5, 1, 0]);
  assert.deepEqual([daysLeft(86_400_000 * 2), daysLeft(1), daysLeft(-1)], [2, 1, 0]);
});

test("the case giver writes again in the first step that is not only for the others", () => {
  const { protocol } = card();
  assert.deepEqual(reopeningFor(protocol, run({ phase: 1 })), { phase: 3, at: "2026-02-10T11:15:00.000Z" });
  assert.deepEqual(reopeningFor(protocol, run({ phase: 1, phase_ends_at: null })), { phase: 3, at: null });
  assert.equal(reopeningFor({ ...protocol, phases: protocol.phases.slice(0, 3) }, run({ phase: 1 })), null);
});

test("said aloud once: two minutes before the end, and the end", () => {
  assert.equal(landingBetween(121_000, 120_000), 120_000);
  assert.equal(landingBetween(120_000, 119_000), null);
  assert.equal(landingBetween(1_000, -500), 0);
  assert.equal(landingBetween(-500, -1_500), null);
  // A sleeping computer passes both: the last one is worth saying.
  assert.equal(landingBetween(200_000, -1), 0);
});
