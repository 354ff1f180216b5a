import assert from "node:assert/strict";
import { test } from "node:test";
import { callShownAtOnce, pieceShownAtOnce, shownAtOnce } from "../../../static/src/openspace/at_once";
import type { GatheringEvent, GatheringStateCard } from "../../../static/src/openspace/types";
import { ME, event, gathering, person } from "../support/gatherings";
import { followed } from "../support/walls";

const NOW = "2022-02-08T10:00:00Z";

function watched(changes: Partial<GatheringStateCard> = {}) {
  const wall = followed(changes);
  const said: string[] = [];
  wall.gathering.onEvents.add((events: readonly GatheringEvent[]) => {
    for (const each of events) {
      const text = pieceShownAtOnce(wall.gathering, each) ?? callShownAtOnce(wall.gathering, each) ?? shownAtOnce(each);
      if (text !== null) said.push(text);
    }
  });
  return { ...wall, said };
}

test("the gong is shown", () => {
  const { said, happen } = watched();
  happen({ ...event(5, "gong.rung", {}), at: NOW });
  assert.deepEqual(said, ["The gong has sounded."]);
});

test("a stage is announced, but rounds only with their round", () => {
  const { said, happen } = watched();
  happen({ ...event(5, "stage.set", { gathering: gathering({ stage: "converging" }) }), at: NOW });
  happen({ ...event(6, "stage.set", { gathering: gathering({ stage: "rounds" }) }), at: NOW });
  assert.deepEqual(said, ["Choosing what matters"]);
});

test("who gets the talking piece is told, the others are not", () => {
  const { said, happen, gathering: wall } = watched({ people: { [ME]: person(ME), [ME + 1]: person(ME + 1) } });
  const circle = { kind: "closing" as const, order: [wall.me + 1, wall.me], at: 0 };
  happen({ ...event(5, "circle.started", { gathering: gathering({ stage: "closing", circle }) }), at: NOW });
  assert.deepEqual(said.splice(0), ["Closing circle"]);
  happen({ ...event(6, "circle.passed", { circle: { ...circle, at: 1 } }), at: NOW });
  assert.deepEqual(said, ["You have the talking piece. You pass it on at the wall."]);
});

test("a call for help is told to who facilitates, and to nobody else", () => {
  const call = { id: 1, by: ME + 1, space: 1, state: "open", taken_by: null, at: NOW } as const;
  const people = { [ME]: person(ME), [ME + 1]: person(ME + 1) };
  const made = { ...event(5, "call.made", { calls: [call] }, ME + 1), at: NOW };
  for (const [facilitate, expected] of [[true, ["Person 8 asks for a facilitator: Space 1."]], [false, []]] as const) {
    const { said, happen } = watched({ people, rights: { take_part: true, facilitate, why_not: null } });
    happen(made);
    assert.deepEqual(said, expected);
  }
});
