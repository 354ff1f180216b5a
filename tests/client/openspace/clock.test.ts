import assert from "node:assert/strict";
import { test } from "node:test";
import { formatLeft, landingBetween, leftOf, nextRound, runningSlot, shareLeft, slotName, slotTimes } from "../../../static/src/openspace/clock";
import { formatTime } from "../../../static/src/i18n";
import { slot } from "../support/gatherings";

const START = Date.parse("2022-02-10T10:00:00Z");
const END = Date.parse("2022-02-10T10:45:00Z");
const MINUTE = 60_000;

test("the slot that was started and has not ended runs, whatever its times are", () => {
  const slots = [slot(1, { started_at: "2022-02-10T10:02:00Z" }), slot(2)];
  assert.equal(runningSlot(slots)?.id, 1);
  assert.equal(nextRound(slots)?.id, 2);
  assert.equal(runningSlot([slot(1, { started_at: "2022-02-10T10:02:00Z", ended_at: "2022-02-10T10:40:00Z" }), slot(2)]), null);
});

test("a round is told with the times at which it was held", () => {
  const planned = slot(1);
  const held = { started_at: "2022-02-10T10:05:00Z", ended_at: "2022-02-10T10:30:00Z" };
  const begin = formatTime(planned.starts_at);
  assert.equal(slotTimes(planned), `${begin}–${formatTime(planned.ends_at)}`);
  assert.equal(slotTimes({ ...planned, ...held }), `${formatTime(held.started_at)}–${formatTime(held.ended_at)}`);
  assert.notEqual(formatTime(held.started_at), begin);
});

test("rounds are counted without the breaks", () => {
  const slots = [slot(1), slot(2, { kind: "break" }), slot(3)];
  assert.deepEqual(slots.map((each) => slotName(slots, each)), ["Round 1", "Break", "Round 2"]);
});

test("what is left counts down to nothing and no further", () => {
  const running = slot(1, { started_at: "2022-02-10T10:00:00Z" });
  assert.equal(leftOf(running, END + MINUTE), 0);
  assert.equal(shareLeft(running, START), 1);
  assert.equal(shareLeft(running, END), 0);
  assert.deepEqual([23 * MINUTE + 10_000, 9_500, 65 * MINUTE, 0].map(formatLeft), ["23:10", "0:10", "1:05:00", "0:00"]);
});

test("a round lands at 10, 3 and 1 minute, each said once", () => {
  const running = slot(1, { started_at: "2022-02-10T10:00:00Z" });
  const said: [number, number][] = [];
  for (let now = START; now < END + MINUTE; now += 1000) {
    const landing = landingBetween(running, now - 1000, now);
    if (landing !== null) said.push([landing, (END - now) / MINUTE]);
  }
  assert.deepEqual(said, [[10, 10], [3, 3], [1, 1]]);
});

test("a computer that slept hears the last landing it missed, and none after the end", () => {
  const running = slot(1, { started_at: "2022-02-10T10:00:00Z" });
  assert.equal(landingBetween(running, START, END - 2 * MINUTE), 3);
  assert.equal(landingBetween(running, START, END + 1), null);
});
