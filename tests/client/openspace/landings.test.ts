import assert from "node:assert/strict";
import { test } from "node:test";
import { watchLandings } from "../../../static/src/openspace/landings";
import { event, slot } from "../support/gatherings";
import { followed } from "../support/walls";

const NOW = "2022-02-08T10:00:00Z";
const LONG_AGO = "2022-02-08T09:20:00Z";
const first = slot(1, { starts_at: "2022-02-08T09:00:00Z", ends_at: "2022-02-08T09:45:00Z", started_at: "2022-02-08T09:00:00Z" });
const over = { ...first, ended_at: NOW };
const second = slot(2, { starts_at: NOW, ends_at: "2022-02-08T10:45:00Z", started_at: NOW });
const third = slot(3, { starts_at: "2022-02-08T11:00:00Z", ends_at: "2022-02-08T11:45:00Z" });

function watched() {
  const wall = followed({ slots: [first, slot(2, { starts_at: NOW }), third] });
  const said: string[] = [];
  watchLandings(wall.gathering, (text) => said.push(text));
  return { ...wall, said };
}

test("the round that begins is announced, not the one before it nor those pushed back", () => {
  const { said, happen } = watched();
  happen({ ...event(5, "round.started", { slots: [over, second, third] }), at: NOW });
  assert.deepEqual(said, ["Round 2 begins."]);
});

test("the round that goes on is announced, and the one that is over", () => {
  const { said, happen } = watched();
  happen({ ...event(5, "round.extended", { slots: [first, third] }), at: NOW });
  happen({ ...event(6, "round.ended", { slots: [over] }), at: NOW });
  assert.deepEqual(said, ["Round 1 goes on a little longer.", "Round 1 is over."]);
});

test("what was missed is not announced as if it were now", () => {
  const { said, happen, gathering } = watched();
  happen({ ...event(5, "round.ended", { slots: [over] }), at: LONG_AGO });
  assert.deepEqual(said, []);
  assert.equal(gathering.slots.value[0]?.ended_at, NOW);
});
