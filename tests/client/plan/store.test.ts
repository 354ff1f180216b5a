import assert from "node:assert/strict";
import { test } from "node:test";
import { commandValue, itemLocked, missingIn, pathRows, pathText, shownText } from "../../../static/src/plan/fields";
import { remarksOn, understood } from "../../../static/src/plan/remarks";
import { isLead, may, planState, reduceAll } from "../../../static/src/plan/store";
import { goalOf, rowsOf } from "../../../static/src/plan/tree";
import type { ItemCard, PlanCard, PlanEvent } from "../../../static/src/plan/types";

const AT = "2026-02-10T11:00:00Z";
const JUNE = { wording: "June 2027", since: "2027-06-01", until: "2027-06-30", precision: "month" };

function item(id: number, parent: number | null, position: number, more: Partial<ItemCard> = {}): ItemCard {
  return {
    id,
    kind: "milestone",
    parent,
    number: String(id),
    position,
    title: `Item ${id}`,
    description: "",
    owner: null,
    owner_wording: "",
    contributors: [],
    contributors_wording: "",
    start: null,
    due: null,
    progress: "not_started",
    confidence: "",
    confidence_why: "",
    removed_at: null,
    revisions: {},
    editors: {},
    unit: "",
    direction: "",
    baseline: null,
    baseline_on: null,
    target: null,
    lowest: null,
    highest: null,
    trajectory: [],
    data_source: "",
    oddities: [],
    ...more,
  };
}

function plan(items: readonly ItemCard[], more: Partial<PlanCard> = {}): PlanCard {
  return {
    id: 5,
    cohort: 1,
    institution: 2,
    institution_name: "Office",
    country: "PL",
    title: "Letters",
    summary: "",
    language: "pl",
    state: "draft",
    audience: "institution",
    owner: 9,
    consultant: null,
    starts: null,
    ends: null,
    time_zone: "Europe/Warsaw",
    items,
    baseline: null,
    revisions: {},
    editors: {},
    changed_at: AT,
    open: { member: ["item.change"], lead: ["plan.propose"], school: ["plan.approve"] },
    rights: { member: true, coordinator: false, school: false, consultant: false },
    people: {},
    me: 1,
    ...more,
  };
}

function event(seq: number, name: string, data: object, by: number | null = 7): PlanEvent {
  return { seq, name, at: `2026-02-10T12:00:0${seq}Z`, by, data } as PlanEvent;
}

test("what happens is applied once, in order", () => {
  const events = [
    event(1, "plan.changed", { field: "title", value: "Ten days", revision: 1 }),
    event(2, "items.added", { items: [item(2, 1, 0)] }),
    event(3, "item.changed", { item: 2, field: "due", value: JUNE, revision: 1, oddities: [] }),
    event(4, "items.placed", { places: [{ item: 2, parent: null, position: 1 }] }),
    event(5, "items.removed", { items: [1], removed_at: AT }),
    event(6, "something.new", {}),
    event(7, "items.added", { items: [item(8, null, 5), item(9, 2, 0)] }),
    event(8, "items.erased", { items: [8, 9] }),
  ];
  const state = reduceAll(planState(plan([item(1, null, 0)]), 0), [...events, ...events]);
  assert.equal(state.title, "Ten days");
  assert.deepEqual([state.revisions, state.editors, state.head], [{ title: 1 }, { title: 7 }, 8]);
  assert.deepEqual(state.items[1]?.due, JUNE);
  assert.deepEqual(
    rowsOf(state.items).map(({ item: each, depth }) => [each.id, depth]),
    [[2, 0]],
  );
  assert.equal(state.changed_at, "2026-02-10T12:00:08Z");
  const moved = event(9, "plan.moved", { state: "proposed", open: { member: [], lead: [], school: ["plan.approve"] }, baseline: null });
  assert.equal(may(reduceAll(state, [moved]), "item.change"), false);
});

test("rights go by who one is", () => {
  const member = plan([]);
  assert.deepEqual([may(member, "item.change"), may(member, "plan.propose"), may(member, "plan.approve")], [true, false, false]);
  const owner = plan([], { owner: 1 });
  assert.deepEqual([isLead(owner), may(owner, "plan.propose")], [true, true]);
  const school = plan([], { rights: { member: false, coordinator: false, school: true, consultant: false }, owner: 1 });
  assert.deepEqual([isLead(school), may(school, "item.change"), may(school, "plan.approve")], [false, false, true]);
});

test("an item goes where there is a place, and says why not", () => {
  const items = [item(1, null, 0), item(2, 1, 0), item(3, 1, 1), item(4, null, 1, { kind: "risk" }), item(5, null, 2)];
  const go = (id: number, way: "up" | "down" | "in" | "out") => goalOf(items, items[id - 1]!, way);
  assert.deepEqual(go(3, "up"), { parent: 1, position: 0 });
  assert.deepEqual(go(2, "down"), { parent: 1, position: 1 });
  assert.deepEqual(go(3, "in"), { parent: 2, position: 0 });
  assert.deepEqual(go(3, "out"), { parent: null, position: 1 });
  assert.deepEqual(go(4, "in"), { parent: 1, position: 2 });
  for (const [id, way] of [
    [1, "up"],
    [5, "down"],
    [1, "in"],
    [5, "in"],
    [1, "out"],
  ] as const) {
    assert.equal(typeof go(id, way), "string", `${id} ${way}`);
  }
});

test("values as fields show them, and as commands have them", () => {
  assert.deepEqual([shownText(null), shownText(JUNE), shownText(7), shownText([["2027-06-30", "18.2"]])], ["", "June 2027", "7", "2027-06-30\t18.2"]);
  assert.deepEqual([shownText([7, 9]), commandValue("contributors", "7,9"), commandValue("contributors", "")], ["7,9", [7, 9], []]);
  assert.equal(pathText([["", ""], ["2027-06-30", ""], ["2027-12-31", "1 000"]]), "2027-06-30\t\n2027-12-31\t1 000");
  assert.deepEqual(commandValue("trajectory", "2027-06-30\t18.2\n2027-12-31\t1 000"), [
    ["2027-06-30", "18.2"],
    ["2027-12-31", "1 000"],
  ]);
  assert.deepEqual([commandValue("owner", ""), commandValue("owner", "7"), commandValue("ends", ""), commandValue("due", "")], [null, 7, null, ""]);
});

test("what was agreed is locked with a reason, what was added later is free", () => {
  const [old, added, risk] = [item(1, null, 0, { unit: "%" }), item(2, null, 1), item(3, null, 2, { kind: "risk" })];
  const agreed = plan([old, added, risk], { state: "approved", baseline: { items: { "1": {}, "3": {} } }, owner: 1 });
  assert.match(itemLocked(agreed, old, "due"), /Ask for a change/);
  assert.match(itemLocked(agreed, old, "unit"), /stays as it is/);
  assert.deepEqual([itemLocked(agreed, old, "description"), itemLocked(agreed, old, "baseline"), itemLocked(agreed, old, "owner")], ["", "", ""]);
  assert.deepEqual([itemLocked(agreed, added, "due"), itemLocked(agreed, risk, "title")], ["", ""]);
  assert.match(itemLocked({ ...agreed, owner: 9 }, old, "owner"), /Co-ordinators/);
});

test("what is missing before it is proposed", () => {
  const empty = plan([], { title: " ", owner: null });
  assert.deepEqual(
    missingIn(empty).map(({ at }) => at),
    ["p-title", "p-owner", "add-title"],
  );
  const vague = { wording: "soon", since: null, until: null, precision: "" };
  const items = [item(1, null, 0), item(2, null, 1, { due: JUNE }), item(3, null, 2, { due: vague }), item(4, null, 3, { kind: "indicator", unit: "%" })];
  assert.deepEqual(
    missingIn(plan(items)).map(({ at }) => at),
    ["i-1-due", "i-3-due", "i-4-target"],
  );
  assert.deepEqual([understood(vague).isSure, understood(JUNE).isSure, understood(null).words], [false, true, ""]);
  assert.match(understood({ ...vague, wording: "by autumn" }).words, /which year/);
  assert.match(understood({ ...vague, wording: "6/7/2027" }).words, /two days/);
  assert.deepEqual([understood(JUNE, "2027-06-30").isSure, understood(JUNE, "2027-06-29").isSure], [true, false]);
});

test("what one should look at before it is proposed", () => {
  const owned = item(1, null, 0, { due: JUNE, owner: 9 });
  assert.deepEqual(remarksOn(plan([owned], { ends: "2027-12-31" })), []);
  const risen = item(2, null, 1, { kind: "indicator", owner: 9, direction: "down", baseline: "23.5", target: "30" });
  const found = remarksOn(plan([owned, risen, item(3, null, 2, { kind: "action" })], { ends: "2027-05-31" }));
  assert.equal(found.length, 3);
  for (const [at, words] of ["3 Item 3", "1 Item 1", "should fall"].entries()) assert.ok(found[at]?.includes(words), found[at]);
  assert.match(remarksOn(plan([item(4, null, 0, { kind: "action" })])).join(" "), /no milestone.*has a date/);
});

test("a point that is being written stays while somebody else changes the path", () => {
  const [june, july] = ["2027-06-30\t5", "2027-07-31\t7"];
  const rows = [["2027-06-30", "5"], ["2027-12-31", ""], ["", ""]] as const;
  assert.deepEqual(pathRows(`${june}\n${july}`, rows, june), [["2027-06-30", "5"], ["2027-12-31", ""], ["2027-07-31", "7"], ["", ""]]);
  // Its number is just being written anew: it does not come twice.
  assert.deepEqual(pathRows(`${june}\n${july}`, [["2027-06-30", ""]], june), [["2027-06-30", ""], ["2027-07-31", "7"]]);
  // Turned down, and given up for theirs.
  assert.deepEqual(pathRows(july, [["2027-12-31", ""]], "2027-12-31\t"), [["2027-07-31", "7"]]);
  assert.deepEqual(pathRows(july, [["2027-06-30", "5"]], june), [["2027-07-31", "7"]]);
});
