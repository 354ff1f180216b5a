// Who one is in the consultation, and what one may do now: see the Note [Who may do what now] in
// challenges/consultations/events.py. The server decides.

import type { CommandName, ConsultationCard, PartName } from "./types";

/** The challenge is closed or in a plan: what was recommended stays as it is. The page knows; no fact of a consultation tells. */
export function isAdviceOver(): boolean {
  return document.querySelector("[data-advice-over]") !== null;
}

type Relation = "lead" | "case_giver" | "peer" | "institution";
type Who = Pick<ConsultationCard, "run" | "parts" | "members" | "leads" | "answers" | "me">;

/** Null for who is in no part of it. */
export function partOf({ parts, members }: Pick<Who, "parts" | "members">, person: number): PartName | null {
  return parts.find(({ id }) => id === person)?.part ?? (members.includes(person) ? "peer" : null);
}

export function caseGiverOf({ parts }: Pick<Who, "parts">): number | null {
  return parts.find(({ part }) => part === "case_giver")?.id ?? null;
}

export function isLeading(who: Who): boolean {
  return who.leads || partOf(who, who.me) === "facilitator";
}

function relationsOf(who: Who): Relation[] {
  const part = partOf(who, who.me);
  const relations: Relation[] = [];
  if (isLeading(who)) relations.push("lead");
  if (part === "case_giver") relations.push("case_giver");
  const isPeer = part !== null && part !== "case_giver" && part !== "observer";
  if (isPeer || isLeading(who)) relations.push("peer");
  if (who.answers) relations.push("institution");
  return relations;
}

export function may(who: Who, command: CommandName): boolean {
  if (isListening(who) && !command.startsWith("consultation.") && command !== "part.set") return false;
  return relationsOf(who).some((relation) => who.run.open[relation].includes(command));
}

/** The case giver, in a step in which only the others speak. */
export function isListening(who: Who): boolean {
  return partOf(who, who.me) === "case_giver" && who.run.closed.includes("case_giver");
}
