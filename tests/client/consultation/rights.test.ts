import assert from "node:assert/strict";
import { test } from "node:test";
import { isListening, may, partOf } from "../../../static/src/consultation/rights";
import { ConsultationUi } from "../../../static/src/consultation/ui";
import { mineText, sizeHint, whyNoEntry } from "../../../static/src/consultation/words";
import { card, run } from "./cards";

const OPEN = {
  lead: ["consultation.next", "part.set"],
  case_giver: ["entry.judge", "recommendation.write"],
  peer: ["entry.add", "recommendation.write"],
  institution: ["recommendation.answer"],
};
const ADVICE = run({ phase: 1, writes: "suggestions", closed: ["case_giver"], open: OPEN });

test("who has which part", () => {
  assert.deepEqual([1, 2, 9].map((person) => partOf(card(), person)), ["case_giver", "peer", null]);
});

test("what each may do while the peers advise", () => {
  const who = (fields: object) => card({ run: ADVICE, ...fields });
  const can = (fields: object) => ["entry.add", "entry.judge", "consultation.next"].map((name) => may(who(fields), name as never));
  assert.deepEqual(can({ me: 2 }), [true, false, false]);
  assert.deepEqual(can({ me: 1 }), [false, false, false]);
  assert.deepEqual(can({ me: 9, leads: true }), [true, false, true]);
  assert.deepEqual(can({ me: 3, parts: [{ id: 3, part: "observer" }] }), [false, false, false]);
  assert.deepEqual(can({ me: 3, parts: [{ id: 3, part: "facilitator" }] }), [true, false, true]);
  // Whatever else they are, the case giver listens; the clock stays theirs.
  assert.deepEqual(can({ me: 1, leads: true }), [false, false, true]);
  assert.equal(may(who({ me: 8, answers: true }), "recommendation.answer"), true);
});

test("what one can do is said in one sentence, and why one cannot", () => {
  const say = (me: number, fields: object = {}) => mineText(card({ me, run: ADVICE, ...fields }));
  assert.equal(say(1), "Listen.");
  assert.equal(isListening(card({ me: 1, run: ADVICE })), true);
  assert.equal(say(2), "Give your advice, one suggestion at a time.");
  assert.match(say(2, { run: { ...ADVICE, is_silent: true } }), /by yourself/);
  assert.match(say(1, { run: { ...ADVICE, is_silent: true } }), /in silence/);
  assert.match(say(7), /observe/);
  assert.match(say(9, { leads: true }), /keep the order/);
  assert.equal(whyNoEntry(card({ run: ADVICE })), null);
  // Who leads from outside the group writes as a peer does, and never reads that they observe.
  assert.equal(whyNoEntry(card({ me: 9, leads: true, run: ADVICE })), null);
  assert.match(whyNoEntry(card({ me: 9, leads: true })) ?? "", /No list/);
  assert.equal(whyNoEntry(card({ me: 1, run: ADVICE })), "You listen in this step.");
  assert.match(whyNoEntry(card({ me: 7, run: ADVICE })) ?? "", /observe/);
  assert.match(whyNoEntry(card({ run: run({ state: "finished" }) })) ?? "", /finished/);
});

test("where only the case giver speaks and writes, the others listen", () => {
  const valuable = (me: number) => card({ me, leads: me === 9, run: run({ phase: 3, writes: "summary" }) });
  assert.match(mineText(valuable(2)), /^Listen: the case giver/);
  for (const me of [2, 9]) assert.equal(whyNoEntry(valuable(me)), "Only the case giver writes in this step.");
  const talk = run({ writes: "commitments" });
  assert.match(mineText(card({ me: 2, run: talk })), /^Listen to what/);
  assert.equal(mineText(card({ me: 1, run: { ...talk, phase: 1, writes: "commitments" } })), "Say what you will do, and by when.");
});

test("in writing nobody is asked to speak", () => {
  const { protocol } = card();
  const phases = (["everybody", "nobody"] as const).map((speaks) => ({ ...protocol.phases[0]!, speaks }));
  for (const phase of [0, 1]) {
    for (const me of [1, 2, 9]) {
      const said = mineText(card({ me, leads: me === 9, protocol: { ...protocol, phases, is_asynchronous: true }, run: run({ phase }) }));
      assert.match(said, /rite/);
      assert.doesNotMatch(said, /speak/);
    }
  }
});

test("a protocol for three in a group of seven: one reads that it is so, and may", () => {
  assert.equal(sizeHint(card()), null);
  assert.match(sizeHint(card({ members: [1, 2, 3, 4, 5, 6, 7] })) ?? "", /at most 3 people; the group has 7/);
  assert.match(sizeHint(card({ members: [1, 2] })) ?? "", /at least 3/);
});

test("what was said aloud does not stay", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const ui = new ConsultationUi();
  ui.speak("2 minutes left in this step.");
  assert.equal(ui.spoken.value, "2 minutes left in this step.");
  context.mock.timers.tick(9_000);
  ui.speak("The time of this step is over.");
  context.mock.timers.tick(9_000);
  assert.equal(ui.spoken.value, "The time of this step is over.");
  context.mock.timers.tick(1_000);
  assert.equal(ui.spoken.value, "");
});
