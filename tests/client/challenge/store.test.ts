import assert from "node:assert/strict";
import { test } from "node:test";
import { missingIn } from "../../../static/src/challenge/questions";
import { challengeCard, challengeState, may, reduceAll } from "../../../static/src/challenge/store";
import type { ChallengeCard, ChallengeEvent, FieldName, StepCard } from "../../../static/src/challenge/types";

const AT = "2026-02-10T11:00:00Z";
const WRITING = { author: ["change", "submit", "close"], facilitator: [] };
const WAITING = { author: ["withdraw", "close"], facilitator: ["return", "accept", "tag", "close"] };
const DRAFT: ChallengeCard = {
  id: 5,
  cohort: 1,
  institution: 2,
  institution_name: "Office",
  country: "PL",
  language: "pl",
  title: "",
  situation: "",
  tried: "",
  stakeholders: "",
  key_question: "",
  desired_result: "",
  constraints: "",
  summary: "",
  confidentiality: "group",
  state: "draft",
  tags: [],
  files: [],
  steps: [],
  revisions: {},
  editors: {},
  created_by: 1,
  created_at: AT,
  submitted_at: null,
  open: WRITING,
  author: true,
  facilitator: false,
  people: {},
  me: 1,
};
const STEP: StepCard = { id: 9, from_state: "draft", to_state: "submitted", by: 1, at: AT, why: "" };
const FILE = { id: 3, name: "a.pdf", content_type: "application/pdf", size: 7, sha256: "0", by: 1, at: AT };

function event(seq: number, name: ChallengeEvent["name"], data: object, by = 1): ChallengeEvent {
  return { seq, name, data, by, at: AT } as unknown as ChallengeEvent;
}

test("changed, attached, submitted, tagged", () => {
  const state = reduceAll(challengeState(DRAFT, 0), [
    event(1, "challenge.changed", { field: "title", value: "Letters", revision: 1, changed_at: AT }, 2),
    event(2, "challenge.attached", { file: FILE }),
    event(3, "challenge.attached", { file: { ...FILE, id: 4 } }),
    event(4, "challenge.detached", { file: 3 }),
    event(5, "challenge.moved", { state: "submitted", submitted_at: AT, open: WAITING, step: STEP }),
    event(6, "challenge.tagged", { tags: ["letters"] }),
  ]);
  assert.equal(state.head, 6);
  assert.deepEqual(challengeCard(state), {
    ...DRAFT,
    title: "Letters",
    revisions: { title: 1 },
    editors: { title: 2 },
    files: [{ ...FILE, id: 4 }],
    state: "submitted",
    submitted_at: AT,
    open: WAITING,
    steps: [STEP],
    tags: ["letters"],
  });
});

test("what is in the state already changes nothing", () => {
  const state = challengeState({ ...DRAFT, title: "New" }, 7);
  assert.equal(reduceAll(state, [event(7, "challenge.changed", { field: "title", value: "Old", revision: 1 })]), state);
});

test("what one may do goes by the state and by who one is", () => {
  const draft = challengeState(DRAFT, 0);
  const waiting = challengeState({ ...DRAFT, open: WAITING }, 0);
  assert.deepEqual([may(draft, "change"), may(waiting, "change"), may(waiting, "withdraw")], [true, false, true]);
  assert.deepEqual([may(waiting, "accept"), may({ ...waiting, facilitator: true }, "accept")], [false, true]);
  assert.equal(may({ ...draft, author: false }, "change"), false);
});

test("what is missing: a summary only when the text is not in English, and blanks are no text", () => {
  const missing = (texts: Partial<Record<FieldName, string>>) => missingIn((name) => texts[name] ?? "").map(({ name }) => name);
  assert.deepEqual(missing({ language: "pl" }), ["title", "key_question", "situation", "desired_result", "summary"]);
  const written = { title: "Letters", key_question: "Who?", situation: " \n", desired_result: "One" };
  assert.deepEqual(missing({ language: "en", ...written }), ["situation"]);
  assert.deepEqual(missing({ language: "sk", ...written, situation: "Long" }), ["summary"]);
});
