import assert from "node:assert/strict";
import { test } from "node:test";
import { Live } from "../../../static/src/live/protocol";
import { GatheringModel } from "../../../static/src/openspace/model";
import type { GatheringStateCard } from "../../../static/src/openspace/types";
import { Place } from "../../../static/src/room/gathering/place";
import { board, event, gathering, ME, person, slot, space, topic } from "../support/gatherings";
import { Surroundings, hello, settle } from "../support/surroundings";

const STREAM = "gathering:1";
const START = "2022-02-08T09:45:00Z";
/** The clock of the tests stands at 10:00. */
const running = slot(1, { starts_at: START, ends_at: "2022-02-08T10:30:00Z", started_at: START });
const over = { ...running, ended_at: "2022-02-08T10:00:00Z" };
const second = slot(2, { starts_at: "2022-02-08T11:00:00Z", ends_at: "2022-02-08T11:45:00Z" });
const now = { ...second, started_at: "2022-02-08T10:00:00Z" };
const TOPICS = [topic(5, [[1, 1]]), topic(6, [[2, 1]]), topic(7, [[1, 2]])];

/** The page of space 1, whose room is 101. */
function placed(changes: Partial<GatheringStateCard> = {}, isWriting = () => false) {
  const world = new Surroundings();
  const live = new Live(ME, world.ports);
  const card = board({
    gathering: gathering({ stage: "rounds" }),
    slots: [running, second],
    topics: TOPICS,
    people: { [ME]: person(ME), 15: person(15) },
    ...changes,
  });
  const model = new GatheringModel(live, card, 4);
  const place = new Place(live, model, 101, null, isWriting);
  live.start();
  world.socket.say({ ...hello(world.clock), person: ME });
  world.socket.say({ op: "opened", stream: STREAM, head: 4, state: null, here: [] });
  let seq = 4;
  const happen = (name: Parameters<typeof event>[1], data: object, by: number | null = 15, at?: string) =>
    world.socket.say({ op: "events", stream: STREAM, events: [{ ...event(++seq, name, data, by), ...(at && { at }) }] });
  const moves = () => world.socket.sentOf("do").filter(({ name }) => name === "person.move");
  return { world, model, place, happen, moves };
}

test("what is on here: now, before, next", () => {
  const { place, happen } = placed();
  assert.deepEqual([place.isNow.value, place.topic.value?.id, place.next.value?.topic.id], [true, 5, 6]);
  happen("round.ended", { slots: [over] });
  assert.deepEqual([place.isNow.value, place.topic.value?.id, place.report.value?.topic], [false, 5, 5]);
  happen("round.started", { slots: [now] });
  assert.deepEqual([place.isNow.value, place.topic.value?.id, place.report.value?.topic, place.next.value], [true, 6, 6, null]);
});

test("two topics in one cell: either can be chosen", () => {
  const { place } = placed({ topics: [...TOPICS, topic(8, [[1, 1]])] });
  assert.deepEqual(place.topicsNow.value.map(({ id }) => id), [5, 8]);
  place.chosen.value = 8;
  assert.deepEqual([place.topic.value?.id, place.report.value?.topic], [8, 8]);
});

test("the papers stay under the hands of who writes when the next topic begins", () => {
  let isWriting = true;
  const { place, happen } = placed({}, () => isWriting);
  const report = place.report.value;
  happen("round.ended", { slots: [over] });
  happen("round.started", { slots: [now] });
  assert.deepEqual([place.topic.value?.id, place.papers.value?.id], [6, 5]);
  assert.equal(place.report.value, report);
  isWriting = false;
  place.turnPapers();
  assert.deepEqual([place.papers.value?.id, place.report.value?.topic], [6, 6]);
});

test("coming in moves the person, once", async () => {
  const { world, place, happen, moves } = placed({ where: { [ME]: 2 } });
  assert.deepEqual(moves().map(({ data }) => data), [{ space: 1 }]);
  happen("person.moved", { person: ME, space: 1 }, ME);
  world.socket.say({ op: "done", id: moves()[0]?.["id"], stream: STREAM, seq: 5, data: null });
  await settle();
  assert.equal(place.isHere.value, true);
  // Moved from another tab: this page only says so.
  happen("person.moved", { person: ME, space: 2 }, ME);
  assert.deepEqual([place.isHere.value, moves().length], [false, 1]);
});

test("who is here already, or comes when all is over, is not moved", () => {
  assert.equal(placed({ where: { [ME]: 1 } }).moves().length, 0);
  assert.equal(placed({ gathering: gathering({ stage: "closed" }) }).moves().length, 0);
});

test("a full space gives alternatives", async () => {
  const { world, place, moves } = placed({ where: { [ME]: 2 } });
  const refusal = { op: "refused", id: moves()[0]?.["id"], stream: STREAM, code: "conflict", detail: "Full.", present: [2] };
  world.socket.say(refusal);
  await settle();
  assert.deepEqual(place.full.value, { space: 1, detail: "Full.", alternatives: [2] });
});

test("full for all but facilitators, where the capacity is hard", () => {
  const spaces = [space(1), space(2, { capacity: 1, is_hard: true })];
  const where = { 15: 2 };
  const full = (changes: Partial<GatheringStateCard>) => {
    const { place, model } = placed({ where, ...changes });
    return model.spaces.value.map((each) => place.isFull(each));
  };
  assert.deepEqual(full({ spaces }), [false, true]);
  assert.deepEqual(full({ spaces, rights: { take_part: true, facilitate: true, why_not: null } }), [false, false]);
  assert.deepEqual(full({ spaces: [space(1), space(2, { capacity: 1 })] }), [false, false]);
});

test("an open door and a reminder are for the one who is asked", () => {
  const { place, happen } = placed();
  happen("person.invited", { person: 15, space: 2 });
  assert.equal(place.asked.value, null);
  happen("person.invited", { person: ME, space: 2 });
  assert.deepEqual(place.asked.value, { kind: "invitation", space: 2, by: 15 });
  happen("report.reminded", { topic: 5, convener: ME });
  assert.deepEqual(place.asked.value, { kind: "reminder", topic: 5, by: 15 });
});

test("an open door that was missed is not held any more", () => {
  const { place, happen } = placed();
  happen("person.invited", { person: ME, space: 2 }, 15, "2022-02-08T09:30:00Z");
  assert.equal(place.asked.value, null);
});

test("the text of a refused call stays in its form, or, when that is closed, among what was not sent", async () => {
  const { world, model, place } = placed({ where: { [ME]: 1 } });
  const refuse = () => {
    const id = world.socket.sentOf("do").at(-1)?.["id"];
    world.socket.say({ op: "refused", id, stream: STREAM, code: "conflict", detail: "You have called already." });
  };
  let calling = place.callFacilitator("The sound is gone.", () => true);
  refuse();
  assert.equal(await calling, "You have called already.");
  assert.deepEqual([model.unsent.value.length, model.commands.complaint.value], [0, null]);
  calling = place.callFacilitator("The sound is gone.", () => false);
  refuse();
  await calling;
  assert.deepEqual(model.unsent.value.map(({ data }) => data), [{ text: "The sound is gone." }]);
  assert.equal(model.commands.complaint.value, "You have called already.");
});

test("the last ten minutes turn to the report, until one says no", () => {
  const soon = { ...running, ends_at: "2022-02-08T10:09:00Z" };
  assert.equal(placed().place.isLanding.value, false);
  const { place } = placed({ slots: [soon] });
  assert.equal(place.isLanding.value, true);
  place.dismissLanding();
  assert.equal(place.isLanding.value, false);
  assert.equal(placed({ slots: [soon], topics: [] }).place.isLanding.value, false);
});

test("news are fresh for a while, and gone when they are read", () => {
  const news = (at: string) => placed({ news: [{ id: 3, by: 15, text: "Soup", language: "en", at }] });
  assert.equal(news("2022-02-08T09:39:00Z").place.news.value, null);
  const { place } = news("2022-02-08T09:55:00Z");
  assert.equal(place.news.value?.id, 3);
  place.dismissNews();
  assert.equal(place.news.value, null);
});
