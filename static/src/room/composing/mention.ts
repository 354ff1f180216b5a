// Mentions: "@" and the beginning of a name, completed from the people of the cohort.

import { compareNames } from "../../i18n";
import type { PersonCard } from "../types";
import { fold } from "./fold";

/** The "@…" that the caret stands in: `from` is the place of the "@", `query` what follows it up to the caret. */
export interface Asked {
  readonly from: number;
  readonly query: string;
}

const LONGEST_QUERY = 40;
/** As many are shown; the person writes on to see the others. */
export const MOST_OFFERS = 8;
/** Words of a name that is being written; more are taken for the sentence that goes on. */
const MOST_WORDS = 3;

export function askedAt(text: string, caret: number): Asked | null {
  const before = text.slice(Math.max(0, caret - LONGEST_QUERY), caret);
  const found = /(?:^|[\s([{"'„“«])@([^\s@][^@\n]*)?$/u.exec(before);
  if (found === null) return null;
  const query = found[1] ?? "";
  if (query.split(/\s/).length > MOST_WORDS) return null;
  return { from: caret - query.length - 1, query };
}

/** People whose name has words that begin as asked, in the order of the alphabet; those in the room first. */
export function offers(people: readonly PersonCard[], query: string, here: ReadonlySet<number>): PersonCard[] {
  const wanted = fold(query).trim();
  // A space behind a whole name: it is written, the sentence goes on.
  if (/\s$/u.test(query) && people.some((person) => fold(person.name) === wanted)) return [];
  return people
    .filter((person) => keysOf(person.name).some((name) => beginsAs(name, wanted)))
    .sort((one, other) => Number(here.has(other.id)) - Number(here.has(one.id)) || compareNames(one.name, other.name));
}

/** "Мария" is looked for as "Mariya" and, as passports have it, as "Maria". */
function keysOf(name: string): string[] {
  const key = fold(name);
  return [key, key.replace(/iya(?![a-z])/g, "ia")];
}

function beginsAs(name: string, wanted: string): boolean {
  return name.startsWith(wanted) || name.includes(` ${wanted}`) || name.includes(`-${wanted}`);
}

export interface Edited {
  readonly text: string;
  readonly caret: number;
}

/** Puts the name in the place of what was asked, and a space behind it. */
export function completed(text: string, asked: Asked, caret: number, person: PersonCard): Edited {
  const after = text.slice(caret);
  const name = `@${person.name}`;
  const space = after.startsWith(" ") ? "" : " ";
  return { text: text.slice(0, asked.from) + name + space + after, caret: asked.from + name.length + 1 };
}

/** Ids of everybody whose "@Name" stands in the text. Of two with one name, `chosen` says who was meant. */
export function mentionedIn(text: string, people: readonly PersonCard[], chosen: ReadonlySet<number>): number[] {
  const named = people.filter((person) => standsIn(text, person.name));
  const isDoubtful = (person: PersonCard) =>
    named.some((other) => other.id !== person.id && other.name === person.name && chosen.has(other.id));
  return named.filter((person) => chosen.has(person.id) || !isDoubtful(person)).map((person) => person.id);
}

function standsIn(text: string, name: string): boolean {
  for (let at = text.indexOf(`@${name}`); at >= 0; at = text.indexOf(`@${name}`, at + 1)) {
    const next = text[at + name.length + 1];
    if (next === undefined || !/[\p{L}\p{N}]/u.test(next)) return true;
  }
  return false;
}
