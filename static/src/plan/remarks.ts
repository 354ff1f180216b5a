// What is said of what stands in a plan without turning it down; `views/remarks.py` and `words.py` say the same.

import { formatDate, t } from "../i18n";
import type { ItemCard, MomentCard, PlanCard } from "./types";

/** So many titles are named; more are counted. */
const NAMED = 3;
const WITHOUT_OWNER = ["risk", "assumption"];
const TWO_WAYS = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})\s*$/;

/** What a typed date was read as; `last` is the last day of the plan, where the date should lie before it. */
export function understood(moment: MomentCard | null, last: string | null = null): { readonly words: string; readonly isSure: boolean } {
  if (moment === null) return { words: "", isSure: true };
  if (moment.precision === "open") return { words: t("Read as: without an end."), isSure: true };
  if (moment.since === null || moment.until === null) return { words: notUnderstood(moment.wording), isSure: false };
  const [first, until] = [formatDate(moment.since), formatDate(moment.until)];
  const words = moment.since === moment.until ? t("Read as: {day}.", { day: until }) : t("Read as: {first} to {last}.", { first, last: until });
  if (last === null || moment.until <= last) return { words, isSure: true };
  return { words: `${words} ${t("This is after the last day of the plan, {day}.", { day: formatDate(last) })}`, isSure: false };
}

function notUnderstood(wording: string): string {
  if (TWO_WAYS.test(wording)) {
    return t("This can be two days: some write the day first, others the month. Write the month as a word: 6 July 2027.");
  }
  if (!/\d{4}/.test(wording)) return t("Of which year? Write, for example: by autumn 2027. Until then nobody is reminded of it.");
  return t("Kept as you wrote it, but not understood as a date. Nobody is reminded of it.");
}

/** What one should look at before the plan is proposed, the gravest first. It blocks nothing. */
export function remarksOn(plan: PlanCard): readonly string[] {
  const items = plan.items.filter(({ removed_at }) => removed_at === null);
  if (items.length === 0) return [];
  const found: string[] = [];
  if (!items.some(({ kind }) => kind === "objective" || kind === "milestone")) {
    found.push(t("It has no objective and no milestone: nobody sees what is to be reached."));
  }
  if (items.every(({ due }) => due === null)) found.push(t("Nothing in it has a date: nobody is reminded, and nobody sees what is late."));
  const unowned = items.filter((item) => !WITHOUT_OWNER.includes(item.kind) && item.owner === null && item.owner_wording === "");
  if (unowned.length > 0) found.push(t("Nobody is responsible for: {titles}.", { titles: titlesOf(unowned) }));
  const ends = plan.ends;
  const late = ends === null ? [] : items.filter(({ due }) => due !== null && due.until !== null && due.until > ends);
  if (ends !== null && late.length > 0) {
    found.push(t("Due after the last day of the plan, {day}: {titles}.", { day: formatDate(ends), titles: titlesOf(late) }));
  }
  return [...found, ...items.map(againstDirection).filter((words) => words !== "")];
}

/** The target of an indicator lies where it should not go; empty when it does not. */
export function againstDirection({ title, direction, baseline, target }: ItemCard): string {
  if (baseline === null || target === null) return "";
  const way = Number(target) - Number(baseline);
  if (direction === "down" && way > 0) return t("{title}: it should fall, but the target is above the baseline.", { title });
  if (direction === "up" && way < 0) return t("{title}: it should rise, but the target is below the baseline.", { title });
  return "";
}

function titlesOf(items: readonly ItemCard[]): string {
  const titles = items.map(({ number, title }) => `${number} ${title || t("Without a title")}`.trim());
  // The sentence ends with a full stop of its own.
  const listed = titles.slice(0, NAMED).join(", ");
  const more = titles.length - NAMED;
  return more > 0 ? t("{titles} and {number} more", { titles: listed, number: more }) : listed.replace(/\.+$/, "");
}
