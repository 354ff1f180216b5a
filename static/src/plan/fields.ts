// The fields of a plan and of an item; `challenges/plans/views/fields.py` has the same words.

import { compareNames, t } from "../i18n";
import { isLead } from "./store";
import type { PersonCard } from "../room/types";
import type { ItemCard, ItemField, Kind, MomentCard, PlanCard, PlanField } from "./types";

export type Shape = "line" | "text" | "moment" | "day" | "number" | "path" | "choice" | "people";

export interface Spec<Name extends string> {
  readonly name: Name;
  readonly label: string;
  readonly hint: string;
  readonly shape: Shape;
}

export function planSpecs(): readonly Spec<PlanField>[] {
  return [
    { name: "title", label: t("What is the plan called?"), hint: t("What you want to reach, in a few words."), shape: "line" },
    {
      name: "summary",
      label: t("What is it about?"),
      hint: t("What you do, for whom, and how one sees that it helps."),
      shape: "text",
    },
    {
      name: "owner",
      label: t("Who is accountable for the plan?"),
      hint: t("One person. Who answers for what nobody else is responsible for."),
      shape: "choice",
    },
    { name: "starts", label: t("First day"), hint: "", shape: "day" },
    { name: "ends", label: t("Last day"), hint: "", shape: "day" },
    {
      name: "audience",
      label: t("Who may read it, once it is approved?"),
      hint: t("Your colleagues, your consultant and the school always."),
      shape: "choice",
    },
    { name: "language", label: t("In which language do you write?"), hint: "", shape: "choice" },
    { name: "time_zone", label: t("Time zone"), hint: t("A day that something is due ends at midnight there."), shape: "choice" },
  ];
}

export function itemSpecs(kind: Kind): readonly Spec<ItemField>[] {
  const moment = t("As you would write it: 24 June 2027, by autumn 2027, 4th quarter 2027, ongoing.");
  const few: Spec<ItemField>[] = [
    { name: "title", label: t("Title"), hint: "", shape: "line" },
    { name: "owner", label: t("Who is responsible?"), hint: t("One person."), shape: "choice" },
    { name: "number", label: t("Number"), hint: "", shape: "line" },
    { name: "description", label: t("What is meant"), hint: "", shape: "text" },
  ];
  if (kind === "risk" || kind === "assumption") return few;
  const usual: Spec<ItemField>[] = [
    ...few.slice(0, 1),
    { name: "due", label: t("Date"), hint: moment, shape: "moment" },
    ...few.slice(1),
    { name: "start", label: t("Start"), hint: moment, shape: "moment" },
    { name: "contributors", label: t("Who else takes part?"), hint: t("People who may read the plan."), shape: "people" },
    {
      name: "contributors_wording",
      label: t("With whom else"),
      hint: t("Offices, firms and people who are not listed."),
      shape: "line",
    },
  ];
  if (kind !== "indicator") return usual;
  return [
    ...usual.slice(0, 3),
    { name: "unit", label: t("Unit"), hint: t("What is counted: %, working days, people."), shape: "line" },
    { name: "direction", label: t("Direction"), hint: "", shape: "choice" },
    { name: "baseline", label: t("Baseline"), hint: t("Where it stands before you begin."), shape: "number" },
    { name: "baseline_on", label: t("Day of the baseline"), hint: "", shape: "day" },
    { name: "target", label: t("Target"), hint: t("To be reached by the date above."), shape: "number" },
    ...usual.slice(3),
    {
      name: "trajectory",
      label: t("Expected path"),
      hint: t("What it should be by which day. Without points it is a straight line to the target."),
      shape: "path",
    },
    { name: "lowest", label: t("Lowest possible value"), hint: "", shape: "number" },
    { name: "highest", label: t("Highest possible value"), hint: "", shape: "number" },
    { name: "data_source", label: t("Where the numbers come from"), hint: "", shape: "line" },
  ];
}

/** The value of a card, or of somebody who was faster, as its field shows it. */
export function shownText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.every((each) => Array.isArray(each)) ? pathText(value) : value.join();
  if (typeof value === "object") return (value as MomentCard).wording;
  return String(value);
}

/** [day, number] */
export type PathPoint = readonly [on: string, value: string];

/** A line for each, day and number with a tab between them; points that say nothing are left out. */
export function pathText(points: readonly (readonly string[])[]): string {
  return points
    .filter((point) => point.some((each) => each.trim() !== ""))
    .map((point) => point.join("\t"))
    .join("\n");
}

export function pathPoints(text: string): readonly PathPoint[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => [line.split("\t")[0] ?? "", line.split("\t")[1] ?? ""]);
}

/** What the boxes show once the path is `text`; `before` is what it was. A point that is being written stays where it is. */
export function pathRows(text: string, rows: readonly PathPoint[], before: string): readonly PathPoint[] {
  const told = new Set(before.split("\n"));
  const isBegun = (row: PathPoint) => row.some((each) => each.trim() === "") && !told.has(pathText([row])) && pathText([row]) !== "";
  const standing = new Set(rows.map((row) => pathText([row])));
  // A point whose number is just being written anew stands in the path as it was.
  const isReplaced = (point: PathPoint) => rows.some(isBegun) && told.has(pathText([point])) && !standing.has(pathText([point]));
  const merged = pathPoints(text).filter((point) => !isReplaced(point));
  rows.forEach((row, place) => isBegun(row) && merged.splice(place, 0, row));
  return [...merged, ...rows.filter((row) => pathText([row]) === "")];
}

/** The ids in a field of people. */
export function peopleIn(text: string): readonly number[] {
  return text === "" ? [] : text.split(",").map(Number);
}

/** Who may be named beside an owner: the team, and all of the cohort if the audience is wider; by name. */
export function possibleContributors(plan: PlanCard): readonly PersonCard[] {
  const isOfTeam = (person: PersonCard) => person.institution === plan.institution_name && person.role === "participant";
  return Object.values(plan.people)
    .filter((person) => !person.past && (plan.audience !== "institution" || isOfTeam(person)))
    .sort((one, other) => compareNames(one.name, other.name));
}

/** What stands in the field, as the commands have it. */
export function commandValue(name: PlanField | ItemField, text: string): unknown {
  switch (name) {
    case "owner":
      return text === "" ? null : Number(text);
    case "starts":
    case "ends":
    case "baseline_on":
      return text === "" ? null : text;
    case "trajectory":
      return pathPoints(text);
    case "contributors":
      return peopleIn(text);
    default:
      return text;
  }
}

const BOUND: readonly ItemField[] = ["title", "start", "due", "target"];
const FIXED: readonly ItemField[] = ["number", "unit", "direction", "baseline", "baseline_on", "trajectory", "lowest", "highest"];

/** Why a field of the item is not free; empty when it is. */
export function itemLocked(plan: PlanCard, item: ItemCard, name: ItemField): string {
  if (name === "owner" && !mayAssign(plan)) return t("Co-ordinators and who owns the plan say who is responsible.");
  const isBound = plan.state === "approved" && plan.baseline?.items[item.id] !== undefined;
  if (!isBound || item.kind === "risk" || item.kind === "assumption") return "";
  if (BOUND.includes(name)) return t("This was agreed with the plan. Ask for a change and say why.");
  if (FIXED.includes(name) && shownText(item[name]) !== "") return t("This was agreed with the plan, so it stays as it is.");
  return "";
}

export function planLocked(plan: PlanCard, name: PlanField): string {
  if (name === "owner" && !mayAssign(plan)) return t("Co-ordinators and who owns the plan say who is responsible.");
  const isFixed = plan.state === "approved" && ["title", "starts", "ends"].includes(name);
  return isFixed ? t("This was agreed with the plan, so it stays as it is.") : "";
}

function mayAssign(plan: PlanCard): boolean {
  return isLead(plan) || plan.rights.school;
}

export function kindWord(kind: Kind): string {
  const words: Record<Kind, string> = {
    objective: t("Objective"),
    milestone: t("Milestone"),
    deliverable: t("Deliverable"),
    action: t("Action"),
    indicator: t("Indicator"),
    risk: t("Risk"),
    assumption: t("Assumption"),
  };
  return words[kind];
}

export function kindHint(kind: Kind): string {
  const words: Record<Kind, string> = {
    objective: t("What you want to have reached."),
    milestone: t("An event by a date: “The rule is signed”."),
    deliverable: t("Something that one can hold or open."),
    action: t("What somebody does."),
    indicator: t("A number with a target by a date."),
    risk: t("What could stop you."),
    assumption: t("What you rely on."),
  };
  return words[kind];
}

export const KINDS: readonly Kind[] = ["objective", "milestone", "deliverable", "action", "indicator", "risk", "assumption"];

export interface Lack {
  /** The id of the field's element. */
  readonly at: string;
  readonly words: string;
}

/** What a plan needs before it can be proposed, as `missing_in` of the server says it. */
export function missingIn(plan: PlanCard): readonly Lack[] {
  const present = plan.items.filter(({ removed_at }) => removed_at === null);
  const wanted: Lack[] = [];
  if (plan.title.trim() === "") wanted.push({ at: "p-title", words: t("Give the plan a title.") });
  if (plan.owner === null) wanted.push({ at: "p-owner", words: t("Say who is accountable for the plan.") });
  if (present.length === 0) wanted.push({ at: "add-title", words: t("Write at least one objective or milestone.") });
  return [...wanted, ...present.flatMap((item) => itemLacks(item))];
}

function itemLacks(item: ItemCard): readonly Lack[] {
  const title = item.title || t("Without a title");
  const at = (name: ItemField) => `i-${item.id}-${name}`;
  if (item.due !== null && item.due.precision === "") {
    return [{ at: at("due"), words: t("{title}: write the date in another way.", { title }) }];
  }
  if ((item.kind === "milestone" || item.kind === "deliverable") && item.due === null) {
    return [{ at: at("due"), words: t("{title}: give it a date.", { title }) }];
  }
  if (item.kind === "indicator" && (item.unit === "" || item.target === null)) {
    return [{ at: at(item.unit === "" ? "unit" : "target"), words: t("{title}: say the unit and the target.", { title }) }];
  }
  return [];
}
