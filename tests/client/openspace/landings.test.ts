import assert from "node:assert/strict";
import { test } from "node:test";
import { watchLandings } from "../../../static/src/openspace/landings";
import { event, gathering, slot } from "../support/gatherings";
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

test("a stage is announced, but rounds only with their round", () => {
  const { said, happen } = watched();
  happen({ ...event(5, "stage.set", { gathering: gathering({ stage: "converging" }) }), at: NOW });
  happen({ ...event(6, "stage.set", { gathering: gathering({ stage: "rounds" }) }), at: NOW });
  assert.deepEqual(said, ["Choosing what matters"]);
});

test("who gets the talking piece is told, the others are not", () => {
  const { said, happen, gathering: wall } = watched();
  const circle = { kind: "closing" as const, order: [wall.me + 1, wall.me], at: 0 };
  happen({ ...event(5, "circle.started", { gathering: gathering({ stage: "closing", circle }) }), at: NOW });
  assert.deepEqual(said, []);
  happen({ ...event(6, "circle.passed", { circle: { ...circle, at: 1 } }), at: NOW });
  assert.deepEqual(said, ["You have the talking piece"]);
});
