// What the desk reads off the gathering: where people are, whose reports are not in, who has not come along.

import { compareNames } from "../i18n";
import { conveners } from "../openspace/checks";
import { slotsOver } from "../openspace/clock";
import type { CallCard, GatheringStateCard, PersonCard, TopicCard } from "../openspace/types";

type State = Pick<GatheringStateCard, "gathering" | "slots" | "spaces" | "topics" | "people" | "where">;

/** Everybody whose place is in the gathering: no observers, nobody whose seat has ended. */
export function takingPart({ people }: Pick<State, "people">): PersonCard[] {
  return Object.values(people)
    .filter(({ role, past }) => role !== "observer" && !past)
    .sort((one, other) => compareNames(one.name, other.name));
}

/** Of those who take part. */
export interface Whereabouts {
  /** Connected or not: whose line is down is still in their room. */
  readonly inTopics: number;
  readonly elsewhere: number;
  /** Of those who are connected. */
  readonly nowhere: number;
}

export function whereabouts({ spaces, where, people }: Pick<State, "spaces" | "where" | "people">, here: ReadonlySet<number>): Whereabouts {
  const topical = new Set(spaces.filter(({ kind }) => kind === "topic").map(({ id }) => id));
  const all = takingPart({ people }).map(({ id }) => ({ id, space: where[id] }));
  const places = all.flatMap(({ space }) => space ?? []);
  const inTopics = places.filter((space) => topical.has(space)).length;
  const nowhere = all.filter(({ id, space }) => here.has(id) && space === undefined).length;
  return { inTopics, elsewhere: places.length - inTopics, nowhere };
}

/** The space where the caller is now; nowhere, the one that they called from. */
export function spaceOfCall(call: CallCard, where: GatheringStateCard["where"]): number | null {
  return where[call.by] ?? call.space;
}

/** Topics of rounds that are over, without a confirmed report; the earliest round first. */
export function reportsNotIn(state: Pick<State, "gathering" | "slots" | "topics">): TopicCard[] {
  const { slots } = state;
  const due = topicsHeld(state).filter(({ report, did_not_happen }) => report !== "confirmed" && !did_not_happen);
  const order = new Map(slots.map(({ id }, at) => [id, at]));
  const lastAt = (topic: TopicCard) => Math.max(...topic.places.map(({ slot }) => order.get(slot) ?? 0));
  return due.sort((one, other) => lastAt(one) - lastAt(other) || one.number - other.number);
}

/** Topics whose rounds are all over; when the gathering is closed, those of which one was held. */
export function topicsHeld({ gathering, slots, topics }: Pick<State, "gathering" | "slots" | "topics">): TopicCard[] {
  const over = slotsOver(gathering.stage, slots);
  const isHeld = ({ places }: TopicCard) => {
    const held = places.map(({ slot }) => over.has(slot));
    return held.includes(true) && (gathering.stage === "closed" || !held.includes(false));
  };
  return topics.filter((topic) => topic.state === "offered" && isHeld(topic));
}

/** Who is called upon for a topic: its conveners, if it has any. */
export function calledUpon(topic: TopicCard, { people }: Pick<State, "people">): PersonCard[] {
  return conveners(topic).flatMap((id) => people[id] ?? []);
}

/** People by country: the largest group first. */
export function countries(people: readonly (PersonCard | undefined)[]): [string, PersonCard[]][] {
  const groups = new Map<string, PersonCard[]>();
  for (const person of people) {
    if (person !== undefined) groups.set(person.country, [...(groups.get(person.country) ?? []), person]);
  }
  return [...groups].sort(([one, some], [other, others]) => others.length - some.length || one.localeCompare(other));
}
