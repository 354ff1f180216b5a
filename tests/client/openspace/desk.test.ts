import assert from "node:assert/strict";
import { test } from "node:test";
import { doings, headline, steps } from "../../../static/src/desk/doings";
import { countries, reportsNotIn, spaceOfCall, takingPart, whereabouts } from "../../../static/src/desk/look";
import { type DeskCard, heard, isAboutHands, movedTo, perMinute, quietMinutes, talkIn } from "../../../static/src/desk/pace";
import { zoneTimes } from "../../../static/src/openspace/zones";
import { board, gathering, person, slot, space, topic } from "../support/gatherings";

const MINUTE = 60_000;
const NOW = Date.parse("2022-02-10T10:20:30Z");
const SILENT: DeskCard = { rooms: { 5: { minutes: {}, last: null, hands: [] } }, been: {}, calls: {} };

function activity(names: Record<string, number>, room = 5) {
  return { stream: `room:${room}`, head: 1, here: 2, names, by: [1] };
}

const RUNNING = slot(1, { starts_at: "2022-02-10T10:00:00Z", ends_at: "2022-02-10T10:45:00Z", started_at: "2022-02-10T10:00:00Z" });
const NEXT = slot(2, { starts_at: "2022-02-10T11:00:00Z", ends_at: "2022-02-10T11:45:00Z" });

test("messages are counted by minute, and minutes that are long ago are let go of", () => {
  let desk = heard(SILENT, activity({ "message.posted": 2 }), NOW - 12 * MINUTE);
  desk = heard(desk, activity({ "message.posted": 1 }), NOW - 2 * MINUTE);
  desk = heard(desk, activity({ "message.posted": 3, "reaction.added": 9 }), NOW);
  assert.deepEqual(perMinute(talkIn(desk, 5), NOW), [0, 0, 0, 0, 0, 0, 0, 1, 0, 3]);
  assert.equal(Object.keys(desk.rooms[5]?.minutes ?? {}).length, 2);
});

test("what is no message, or happens in a room elsewhere, counts nothing", () => {
  assert.equal(heard(SILENT, activity({ "reaction.added": 1 }), NOW), SILENT);
  assert.equal(heard(SILENT, activity({ "message.posted": 1 }, 6), NOW), SILENT);
  assert.equal(isAboutHands(activity({ "hand.raised": 1 })), true);
  assert.equal(isAboutHands(activity({ "message.posted": 1 })), false);
});

test("a room is quiet since its last message, or since the round began", () => {
  const started = NOW - 6 * MINUTE;
  assert.equal(quietMinutes(talkIn(SILENT, 5), started, NOW), 6);
  const desk = heard(SILENT, activity({ "message.posted": 1 }), NOW - 2 * MINUTE);
  assert.equal(quietMinutes(talkIn(desk, 5), started, NOW), 2);
});

test("where somebody has been is kept once for each space", () => {
  let desk = movedTo(movedTo(SILENT, 1, 7), 1, 8);
  desk = movedTo(movedTo(desk, 1, null), 1, 7);
  assert.deepEqual(desk.been, { 1: [7, 8] });
});

test("each stage offers what comes next", () => {
  const first = (stage: Parameters<typeof gathering>[0]) => doings(board({ gathering: gathering(stage), slots: [NEXT] }), 3, NOW)[0]?.label;
  assert.equal(first({ stage: "preparing" }), "Begin with the opening circle");
  assert.equal(first({ stage: "opening" }), "Open the marketplace");
  assert.equal(first({ stage: "marketplace" }), "Start Round 1");
  assert.equal(first({ stage: "rounds" }), "Start Round 1");
  assert.equal(first({ stage: "converging" }), "Go to the closing circle");
  assert.equal(first({ stage: "closing" }), "Close the Open Space");
  assert.equal(first({ stage: "closed" }), "Open it again");
});

test("a round that runs can be rung, extended and, when asked, ended", () => {
  const plan = board({ gathering: gathering({ stage: "rounds" }), slots: [RUNNING, NEXT] });
  const [gong, extend, end] = doings(plan, 34, Date.parse("2022-02-10T10:40:30Z"));
  assert.equal(gong?.label, "Gong: 5 minutes left");
  assert.deepEqual(extend?.run, { name: "round.extend", data: { slot: 1, minutes: 5, seen: RUNNING.ends_at } });
  assert.match(end?.question?.text ?? "", /^34 people hear the gong\./);
  const over = doings(plan, 34, Date.parse("2022-02-10T10:46:00Z"));
  assert.equal(over[2]?.question, undefined);
});

test("a round far before its time is asked for, one at its time is not", () => {
  const plan = board({ gathering: gathering({ stage: "rounds" }), slots: [NEXT] });
  assert.match(doings(plan, 3, NOW)[0]?.question?.text ?? "", /It is planned for 11:00/);
  assert.equal(doings(plan, 3, Date.parse("2022-02-10T10:51:00Z"))[0]?.question, undefined);
});

test("after the last round there is the closing circle, or what matters first", () => {
  const over = { ...RUNNING, ended_at: "2022-02-10T10:45:00Z" };
  const plan = board({ gathering: gathering({ stage: "rounds" }), slots: [over] });
  assert.deepEqual(doings(plan, 3, NOW).map(({ label }) => label), ["Go to the closing circle", "Choose what matters"]);
  assert.equal(headline(plan, NOW).title, "All rounds are over");
});

test("closing names the rounds that were left out, where rounds are started at all", () => {
  const asked = (slots: ReturnType<typeof slot>[]) =>
    doings(board({ gathering: gathering({ stage: "closing" }), slots }), 3, NOW).flatMap(({ question }) => question?.open ?? []);
  assert.deepEqual(asked([{ ...RUNNING, ended_at: "2022-02-10T10:45:00Z" }, NEXT]), ["Round 2 was not held; its topics stand so in the book."]);
  assert.deepEqual(asked([NEXT]), []);
});

test("one goes to the closing circle at once, unless the vote is open", () => {
  const asked = (voting: "open" | "closed") =>
    doings(board({ gathering: gathering({ stage: "converging", voting }), slots: [] }), 3, NOW)[0]?.question?.text;
  assert.equal(asked("closed"), undefined);
  assert.equal(asked("open"), "The vote is still open.");
});

test("closing names what is still open", () => {
  const over = { ...RUNNING, ended_at: "2022-02-10T10:45:00Z" };
  const asked = (changes: Parameters<typeof gathering>[0], topics = [topic(1, [[1, 1]])]) =>
    doings(board({ gathering: gathering({ stage: "closing", ...changes }), slots: [over], topics, people: { 11: person(11) } }), 3, NOW)[0]?.question?.open;
  const order = [10, 11];
  assert.deepEqual(asked({ circle: { kind: "closing", order, at: 1 }, voting: "open" }), [
    "1 report is not in yet: Person 11.",
    "In the circle not everybody has spoken.",
    "The vote is still open.",
  ]);
  assert.deepEqual(asked({ circle: { kind: "closing", order, at: 2 }, voting: "closed" }, [topic(1, [[1, 1]], { report: "confirmed" })]), []);
});

test("going on from the rounds ends one only when one runs, and names the one that is left out", () => {
  const words = (slots: ReturnType<typeof slot>[]) =>
    steps({ gathering: gathering({ stage: "rounds" }), slots }, NOW).find(({ id }) => id === "converging")?.doing?.question?.text;
  const over = { ...RUNNING, ended_at: "2022-02-10T10:45:00Z" };
  assert.equal(words([RUNNING]), "A round that runs ends with it.");
  const last = slot(3, { starts_at: "2022-02-10T12:00:00Z", ends_at: "2022-02-10T12:45:00Z" });
  assert.match(words([over, NEXT, last]) ?? "", /Round 2 has not been held.*Round 3 has not been held/);
  assert.equal(words([NEXT]), "Everybody sees the new stage at once."); // nobody starts rounds here
  assert.equal(words([RUNNING, NEXT]), "A round that runs ends with it. Round 2 has not been held, and does not start by itself then.");
  assert.equal(words([over, NEXT]), "Round 2 has not been held, and does not start by itself then.");
  assert.equal(words([over]), "Everybody sees the new stage at once.");
});

test("the day is a path of stages and slots, and says where it is", () => {
  const plan = board({ gathering: gathering({ stage: "rounds" }), slots: [RUNNING, slot(3, { kind: "break", title: "Lunch", starts_at: "2022-02-10T10:45:00Z", ends_at: "2022-02-10T11:00:00Z" }), NEXT] });
  assert.deepEqual(
    steps(plan, NOW).map(({ name, state, doing }) => [name, state, doing !== null]),
    [
      ["Opening circle", "done", true],
      ["Marketplace", "done", true],
      ["Round 1", "now", false],
      ["Lunch", "to_come", false],
      ["Round 2", "to_come", true],
      ["Choosing what matters", "to_come", true],
      ["Closing circle", "to_come", true],
    ],
  );
});

test("a round that was started early is on, and the break before it is not", () => {
  const lunch = slot(3, { kind: "break", title: "Lunch", starts_at: "2022-02-10T10:00:00Z", ends_at: "2022-02-10T11:00:00Z" });
  const states = (slots: ReturnType<typeof slot>[]) =>
    steps({ gathering: gathering({ stage: "rounds" }), slots }, NOW).slice(2, 4).map(({ state }) => state);
  assert.deepEqual(states([lunch, NEXT]), ["now", "to_come"]);
  assert.deepEqual(states([lunch, { ...NEXT, started_at: "2022-02-10T10:15:00Z" }]), ["done", "now"]);
});

test("a call comes from where the caller is now", () => {
  const call = { id: 1, by: 10, space: 1, state: "open", taken_by: null, at: "2022-02-10T10:00:00Z" } as const;
  assert.deepEqual([spaceOfCall(call, { 10: 2 }), spaceOfCall(call, { 11: 2 })], [2, 1]);
});

test("while it is prepared, only the first stages can be gone to", () => {
  const plan = board({ gathering: gathering({ stage: "preparing" }), slots: [NEXT] });
  assert.deepEqual(steps(plan, NOW).filter(({ doing }) => doing !== null).map(({ id }) => id), ["opening", "marketplace"]);
});

test("reports of rounds that are over are asked for, in the order of the rounds", () => {
  const over = { ended_at: "2022-02-10T10:45:00Z", started_at: "2022-02-10T10:00:00Z" };
  const state = board({
    slots: [slot(1, over), slot(2, over), slot(3)],
    topics: [
      topic(1, [[2, 1]]),
      topic(2, [[1, 1]]),
      topic(3, [[1, 2]], { report: "confirmed" }),
      topic(4, [[1, 3]], { did_not_happen: true }),
      topic(5, [[1, 4]], { state: "withdrawn" }),
      topic(6, [[1, 4], [3, 4]]),
      topic(7, []),
    ],
  });
  assert.deepEqual(reportsNotIn(state).map(({ id }) => id), [2, 1]);
  const closed = { ...state, gathering: gathering({ stage: "closed" }) };
  assert.deepEqual(reportsNotIn(closed).map(({ id }) => id), [2, 1, 6]);
  const left = [slot(1, over), slot(2), slot(3)];
  assert.deepEqual(reportsNotIn({ ...closed, slots: left }).map(({ id }) => id), [2, 6]);
  const unknown = [slot(1), slot(2), slot(3)];
  assert.deepEqual(reportsNotIn({ ...closed, slots: unknown }).map(({ id }) => id), [2, 1, 6]);
});

test("who takes part is neither an observer nor gone, and stands in the order of names", () => {
  const people = {
    1: person(1, { name: "Zane" }),
    2: person(2, { name: "Ágnes" }),
    3: person(3, { name: "Otto", role: "observer" }),
    4: person(4, { name: "Past", past: true }),
  };
  assert.deepEqual(takingPart({ people }).map(({ id }) => id), [2, 1]);
});

test("people are in rooms for topics and elsewhere, connected or not; who is connected may be nowhere", () => {
  const people = Object.fromEntries([10, 11, 12, 13, 14].map((id) => [id, person(id)]));
  const state = board({ spaces: [space(1), space(2, { kind: "lounge" })], where: { 10: 1, 11: 1, 12: 2, 14: 1 }, people });
  assert.deepEqual(whereabouts(state, new Set([10, 11, 12, 13])), { inTopics: 3, elsewhere: 1, nowhere: 1 });
  // Observers and who has left the cohort are none of them, though they never went out of their room.
  const past = { ...people, 15: person(15, { role: "observer" }), 16: person(16, { past: true }), 17: person(17, { role: "observer" }) };
  const left = { ...state, people: past, where: { ...state.where, 15: 1, 16: 2 } };
  assert.deepEqual(whereabouts(left, new Set([10, 11, 12, 13, 17])), { inTopics: 3, elsewhere: 1, nowhere: 1 });
});

test("the largest country comes first", () => {
  const people = [person(1, { country: "PL" }), person(2, { country: "LV" }), person(3, { country: "LV" }), undefined];
  assert.deepEqual(countries(people).map(([country, some]) => [country, some.length]), [["LV", 2], ["PL", 1]]);
});

test("the same moment on five clocks, in winter and in summer, west first", () => {
  const all = ["BG", "HU", "LV", "PL", "SK"];
  assert.deepEqual(zoneTimes("2022-02-10T11:00:00Z", all), [
    { clock: "12:00", countries: ["HU", "PL", "SK"] },
    { clock: "13:00", countries: ["BG", "LV"] },
  ]);
  assert.deepEqual(zoneTimes("2022-07-10T22:30:00Z", ["LV", "PL"]), [
    { clock: "00:30", countries: ["PL"] },
    { clock: "01:30", countries: ["LV"] },
  ]);
});
