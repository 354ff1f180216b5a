import assert from "node:assert/strict";
import { test } from "node:test";
import { gatheringCard, gatheringState, reduceAll } from "../../../static/src/openspace/store";
import type { GatheringEvent, GatheringStateCard } from "../../../static/src/openspace/types";
import { AT, board, event, gathering, ME, person, slot, space, topic } from "../support/gatherings";

function reached(from: GatheringStateCard, ...events: GatheringEvent[]): GatheringStateCard {
  return gatheringCard(reduceAll(gatheringState(from, 0), events));
}

test("a card takes the place of the one with its id, a new one comes in the order of numbers", () => {
  const before = board({ topics: [topic(1), topic(3)] });
  const changed = topic(3, [[1, 2]]);
  const after = reached(before, event(1, "topic.placed", { topics: [changed] }), event(2, "topic.proposed", { topics: [topic(2)] }));
  assert.deepEqual(after, board({ topics: [topic(1), topic(2), changed] }));
});

test("what did not change stays the same object", () => {
  const before = board({ topics: [topic(1), topic(2)] });
  const after = reached(before, event(1, "topic.placed", { topics: [topic(2, [[1, 1]])] }));
  assert.equal(after.topics[0], before.topics[0]);
  assert.equal(after.slots, before.slots);
});

test("slots stand in the order of their times, and leave when removed", () => {
  const late = slot(1, { starts_at: "2022-02-10T15:00:00Z", ends_at: "2022-02-10T15:45:00Z" });
  const after = reached(board(), event(1, "slot.set", { slots: [late] }));
  assert.deepEqual(after.slots, [slot(2), late]);
  assert.deepEqual(reached(board(), event(1, "slot.set", { slots: [{ ...slot(2), is_removed: true }] })).slots, [slot(1)]);
});

test("a removed space stays, for what refers to it", () => {
  const gone = space(1, { is_removed: true });
  assert.deepEqual(reached(board(), event(1, "space.set", { spaces: [gone] })).spaces, [gone, space(2)]);
});

test("answered requests, closed calls and removed actions leave", () => {
  const request = { id: 1, kind: "merge", by: ME, topic: 1, other: 2, from_slot: null, slot: null, space: null, waiting_for: [12], state: "open", at: AT } as const;
  const call = { id: 1, by: ME, space: null, state: "open", taken_by: null, at: AT } as const;
  const action = { id: 1, topic: null, what: "Write", convener: ME, first_step: "", due: null, by: ME, at: AT, is_removed: false };
  const made = [event(1, "request.made", { requests: [request] }), event(2, "call.made", { calls: [call] }), event(3, "action.set", { actions: [action] })];
  const there = reached(board(), ...made);
  assert.deepEqual([there.requests, there.calls, there.actions], [[request], [call], [action]]);
  const gone = reached(
    board(),
    ...made,
    event(4, "request.answered", { requests: [{ ...request, state: "refused" }] }),
    event(5, "call.closed", { calls: [{ ...call, state: "closed" }] }),
    event(6, "action.set", { actions: [{ ...action, is_removed: true }] }),
  );
  assert.deepEqual([gone.requests, gone.calls, gone.actions], [[], [], []]);
});

test("people move, and nowhere is fine", () => {
  const there = reached(board(), event(1, "person.moved", { person: 3, space: 1 }), event(2, "person.moved", { person: ME, space: 2 }));
  assert.deepEqual(there.where, { 3: 1, [ME]: 2 });
  assert.deepEqual(reached(there, event(3, "person.moved", { person: 3, space: null })).where, { [ME]: 2 });
});

test("interest is counted once for each person", () => {
  const before = board({ topics: [topic(1, [], { interested: [3] })] });
  const marked = reached(before, event(1, "interest.marked", { topic: 1, person: ME }), event(2, "interest.marked", { topic: 1, person: ME }));
  assert.deepEqual(marked.topics[0]?.interested, [3, ME]);
  assert.deepEqual(reached(marked, event(3, "interest.unmarked", { topic: 1, person: 3 })).topics[0]?.interested, [ME]);
});

test("a vote and the talking piece change their part of the gathering alone", () => {
  const circle = { kind: "opening", order: [ME, 3], at: 1 } as const;
  const after = reached(board(), event(1, "vote.cast", { voters: 4 }), event(2, "circle.passed", { circle }));
  assert.deepEqual(after.gathering, gathering({ voters: 4, circle }));
});

test("an event that is in the state already changes nothing", () => {
  const state = gatheringState(board(), 5);
  assert.equal(reduceAll(state, [event(5, "person.moved", { person: 3, space: 1 })]), state);
});

test("a closed gathering takes the right to take part, and tells why", () => {
  const closed = reached(board(), event(1, "stage.set", { gathering: gathering({ stage: "closed" }) }));
  assert.equal(closed.rights.take_part, false);
  assert.match(closed.rights.why_not ?? "", /closed/);
});

test("an observer does not get it by a change of stage", () => {
  const seen = board({ people: { [ME]: person(ME, { role: "observer" }) }, rights: { take_part: false, facilitate: false, why_not: "…" } });
  const after = reached(seen, event(1, "stage.set", { gathering: gathering({ stage: "rounds" }) }));
  assert.equal(after.rights.take_part, false);
  assert.match(after.rights.why_not ?? "", /observer/);
});

test("the newest 50 announcements are held", () => {
  const news = (id: number) => ({ id, by: ME, text: `${id}`, language: "en", at: AT });
  const events = Array.from({ length: 51 }, (_, at) => event(at + 1, "news.posted", { news: [news(at + 1)] }));
  const held = reached(board(), ...events).news.map(({ id }) => id);
  assert.deepEqual([held.length, held[0], held.at(-1)], [50, 2, 51]);
});
