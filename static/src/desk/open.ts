// What is not finished when the gathering is to be closed.

import { t, tn } from "../i18n";
import { roundsLeft, slotName } from "../openspace/clock";
import type { GatheringStateCard } from "../openspace/types";
import { calledUpon, reportsNotIn } from "./look";

type State = Pick<GatheringStateCard, "gathering" | "slots" | "topics" | "people">;

/** Up to so many people are named. */
const FEW = 5;

export function whatIsOpen(state: State): string[] {
  const { circle, voting } = state.gathering;
  return [
    ...missingReports(state),
    ...roundsLeftOut(state),
    ...(circle !== null && circle.at < circle.order.length ? [t("In the circle not everybody has spoken.")] : []),
    ...(voting === "open" ? [t("The vote is still open.")] : []),
  ];
}

function roundsLeftOut({ slots }: State): string[] {
  return roundsLeft(slots).map((slot) => t("{round} was not held; its topics stand so in the book.", { round: slotName(slots, slot) }));
}

function missingReports(state: State): string[] {
  const missing = reportsNotIn(state);
  if (missing.length === 0) return [];
  const names = new Set(missing.flatMap((topic) => calledUpon(topic, state)).map(({ name }) => name));
  const count = tn("{n} report is not in yet", "{n} reports are not in yet", missing.length);
  return [names.size === 0 || names.size > FEW ? `${count}.` : `${count}: ${[...names].join(", ")}.`];
}
