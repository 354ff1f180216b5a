import assert from "node:assert/strict";
import { test } from "node:test";
import { reduceAll, reportCard, reportState } from "../../../static/src/report/store";
import type { ReportCard, ReportEvent } from "../../../static/src/report/types";

const AT = "2026-02-10T11:00:00Z";
const EMPTY: ReportCard = {
  topic: 5,
  gathering: 3,
  title: "Why?",
  language: "en",
  convener: 1,
  summary: "",
  recommendations: "",
  resources: "",
  requests: "",
  next_steps: [],
  participants: [],
  revisions: {},
  editors: {},
  state: "none",
  confirmed_by: null,
  confirmed_at: null,
  changed_at: null,
  may_edit: true,
  may_confirm: true,
  people: {},
  me: 1,
};

function event(seq: number, name: ReportEvent["name"], data: object, by = 1): ReportEvent {
  return { seq, name, data, by, at: AT } as unknown as ReportEvent;
}

function changed(seq: number, field: string, value: unknown, revision: number, by = 1): ReportEvent {
  return event(seq, "report.changed", { field, value, revision, changed_at: AT }, by);
}

test("changed, confirmed, reopened", () => {
  const draft = reduceAll(reportState(EMPTY, 0), [changed(1, "summary", "Short", 1), changed(2, "participants", [1, 2], 1, 2)]);
  assert.deepEqual(reportCard(draft), {
    ...EMPTY,
    summary: "Short",
    participants: [1, 2],
    revisions: { summary: 1, participants: 1 },
    editors: { summary: 1, participants: 2 },
    state: "draft",
    changed_at: AT,
  });
  const confirmed = reduceAll(draft, [event(3, "report.confirmed", { confirmed_by: 1, confirmed_at: AT })]);
  assert.deepEqual([confirmed.state, confirmed.confirmed_by, confirmed.head], ["confirmed", 1, 3]);
  const reopened = reduceAll(confirmed, [event(4, "report.reopened", {})]);
  assert.deepEqual([reopened.state, reopened.confirmed_by, reopened.confirmed_at], ["draft", null, null]);
});

test("what is in the state already changes nothing", () => {
  const state = reportState({ ...EMPTY, summary: "New" }, 7);
  assert.equal(reduceAll(state, [changed(7, "summary", "Old", 1)]), state);
});
