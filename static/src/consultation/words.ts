// What the page says of a consultation: parts, lists, states, and what one can do now, in one sentence.

import { t, tn } from "../i18n";
import { caseGiverOf, isLeading, isListening, may, partOf } from "./rights";
import type { AnswerName, ConsultationCard, ListName, OutcomeName, PartName, PhaseCard, RunStateName, VerdictName } from "./types";

export function partName(part: PartName): string {
  switch (part) {
    case "case_giver":
      return t("Case giver");
    case "facilitator":
      return t("Facilitator");
    case "peer":
      return t("Peer");
    case "timekeeper":
      return t("Timekeeper");
    case "scribe":
      return t("Scribe");
    case "observer":
      return t("Observer");
  }
}

export const PARTS: readonly PartName[] = ["case_giver", "facilitator", "peer", "timekeeper", "scribe", "observer"];
export const LISTS: readonly ListName[] = ["agreed", "questions", "hypotheses", "suggestions", "summary"];

export function listName(kind: ListName): string {
  switch (kind) {
    case "agreed":
      return t("What you agreed on");
    case "questions":
      return t("Clarifying questions");
    case "hypotheses":
      return t("Hypotheses");
    case "suggestions":
      return t("Suggestions");
    case "summary":
      return t("What was most valuable");
  }
}

export function fieldName(kind: ListName): string {
  switch (kind) {
    case "agreed":
      return t("What did you agree on?");
    case "questions":
      return t("Your question");
    case "hypotheses":
      return t("Your hypothesis");
    case "suggestions":
      return t("Your suggestion");
    case "summary":
      return t("What was most valuable to you?");
  }
}

export function stateName(state: RunStateName): string {
  switch (state) {
    case "planned":
      return t("Not started");
    case "running":
      return t("Consultation running");
    case "paused":
      return t("Paused");
    case "finished":
      return t("Finished");
  }
}

export function verdictName(verdict: VerdictName): string {
  switch (verdict) {
    case "take":
      return t("Take");
    case "think":
      return t("Think");
    case "leave":
      return t("Leave aside");
  }
}

export const VERDICTS: readonly (readonly [VerdictName, string])[] = [
  ["take", "check"],
  ["think", "hourglass"],
  ["leave", "x"],
];

export function answerName(state: AnswerName): string {
  switch (state) {
    case "open":
      return t("Waits for an answer");
    case "accepted":
      return t("Accepted");
    case "adapted":
      return t("Adapted");
    case "declined":
      return t("Declined");
  }
}

export function outcomeName(outcome: OutcomeName): string {
  switch (outcome) {
    case "done":
      return t("Done");
    case "partly":
      return t("Partly done");
    case "not_yet":
      return t("Not yet");
    case "dropped":
      return t("Given up");
  }
}

export const OUTCOMES: readonly OutcomeName[] = ["done", "partly", "not_yet", "dropped"];

/** 8 min; 3 days. */
export function lengthName({ minutes, days }: PhaseCard): string {
  return days > 0 ? tn("{n} day", "{n} days", days) : t("{minutes} min", { minutes });
}

/** Who speaks in the step, said to everybody. `name`: the case giver's. */
export function speaksText({ run, protocol }: Pick<ConsultationCard, "run" | "protocol">, phase: PhaseCard, name: string): string {
  if (protocol.is_asynchronous) return run.is_silent ? t("Each writes alone.") : writesText(phase, name);
  if (run.is_silent) return t("First in silence: each writes alone.");
  switch (phase.speaks) {
    case "everybody":
      return t("Everybody may speak.");
    case "case_giver":
      return t("{name} speaks. The others listen.", { name });
    case "peers":
      return t("Peers speak one at a time. {name} listens and does not answer yet.", { name });
    case "nobody":
      return t("Silence. Nobody speaks in this step.");
  }
}

/** The same where all is done in writing. */
function writesText(phase: PhaseCard, name: string): string {
  switch (phase.speaks) {
    case "everybody":
      return t("Everybody may write.");
    case "case_giver":
      return t("{name} writes. The others read.", { name });
    case "peers":
      return t("Peers write. {name} reads and does not answer yet.", { name });
    case "nobody":
      return t("Nobody writes in this step.");
  }
}

/** What the person can do now, in one sentence. */
export function mineText(card: ConsultationCard): string {
  const { run } = card;
  if (run.state === "planned") return beforeText(card);
  if (run.state === "finished") return afterText(card);
  if (run.state === "paused") return isLeading(card) ? t("The clock stands still. Go on when you are ready.") : t("The clock stands still. Wait for the facilitator.");
  if (isListening(card) && run.is_silent) return t("Your peers write about your case in silence. Keep what you think in your private notes.");
  if (isListening(card)) return phaseOf(card)?.listening || t("You listen in this step. Your private notes stay open.");
  const part = partOf(card, card.me);
  if (part === "observer" || part === null) {
    return isLeading(card) ? leadText(card) : t("You observe: you read everything and write nothing.");
  }
  if (part === "facilitator") return leadText(card);
  return part === "case_giver" ? giverText(card) : peerText(card);
}

export function phaseOf({ protocol, run }: Pick<ConsultationCard, "protocol" | "run">): PhaseCard | undefined {
  return protocol.phases[run.phase];
}

function beforeText(card: ConsultationCard): string {
  if (may(card, "consultation.start")) {
    return caseGiverOf(card) === null
      ? t("Choose who gives the case. Then you can start.")
      : t("See that everybody has their part, then start.");
  }
  const part = partOf(card, card.me);
  if (part === "case_giver") return t("You give the case. The facilitator starts when all are here.");
  if (part === null || part === "observer") return t("You will read everything and write nothing. The facilitator starts when all are here.");
  return t("Read the case. The facilitator starts when all are here.");
}

function afterText(card: ConsultationCard): string {
  const open = card.recommendations.filter(({ state }) => state === "open").length;
  if (card.answers && open > 0) {
    return tn("Your institution answers the recommendations: {n} waits.", "Your institution answers the recommendations: {n} wait.", open);
  }
  if (card.recommendations.length === 0) return t("The consultation is finished. It gave no recommendations.");
  return open > 0
    ? tn("{institution} has {n} recommendation to answer.", "{institution} has {n} recommendations to answer.", open, { institution: card.institution_name })
    : t("{institution} has answered every recommendation.", { institution: card.institution_name });
}

function leadText(card: ConsultationCard): string {
  if (card.run.is_silent) return t("You keep the silence. Show all at once when everybody has written.");
  return card.protocol.is_asynchronous
    ? t("You keep the order: who writes, and when the next step begins.")
    : t("You keep the order: who speaks, and when the next step begins.");
}

function giverText(card: ConsultationCard): string {
  const phase = phaseOf(card);
  const isJudging = may(card, "entry.judge") && card.entries.some(({ kind, verdict }) => kind === "suggestions" && verdict === "");
  if (isJudging) return t("You answer: mark each suggestion with take, think or leave.");
  if (phase?.speaks === "case_giver") {
    return card.protocol.is_asynchronous
      ? t("Write in the talk of the group’s room. The others read.")
      : t("You speak now. The others listen.");
  }
  if (card.run.writes === "commitments") return t("Say what you will do, and by when.");
  if (phase?.speaks === "nobody") return thinkText(card);
  return card.protocol.is_asynchronous ? t("You may write now, as everybody may.") : t("You may speak now, as everybody may.");
}

function peerText(card: ConsultationCard): string {
  const { run } = card;
  if (run.is_silent) return t("Write by yourself. Nobody reads it until all is shown together.");
  switch (run.writes) {
    case "agreed":
      return t("Write down what you agree on. It stays in view for all.");
    case "questions":
      return t("Ask what you need to understand: no advice yet.");
    case "hypotheses":
      return t("Say what you think lies behind it: no advice yet.");
    case "suggestions":
      return t("Give your advice, one suggestion at a time.");
    case "summary":
      return isGiversTurn(card) ? t("Listen: the case giver says what was most valuable.") : t("Say what was most valuable.");
    case "commitments":
      return isGiversTurn(card)
        ? t("Listen to what the case giver takes along. Will you do something yourself? Then commit to it here.")
        : t("Say what you will do, and by when.");
    case "nothing":
      return nothingText(card);
  }
}

function thinkText({ protocol }: ConsultationCard): string {
  return protocol.is_asynchronous ? t("Think for yourself. Nobody writes in this step.") : t("Think for yourself. Nobody speaks in this step.");
}

function isGiversTurn(card: ConsultationCard): boolean {
  return phaseOf(card)?.speaks === "case_giver";
}

function nothingText(card: ConsultationCard): string {
  const speaks = phaseOf(card)?.speaks;
  if (speaks === "nobody") return thinkText(card);
  if (!isGiversTurn(card)) {
    return card.protocol.is_asynchronous ? t("Write in the talk of the group’s room. No list is open in this step.") : t("You may speak. Nothing is written in this step.");
  }
  return card.protocol.is_asynchronous
    ? t("Read the talk of the group’s room. You can ask and advise in later steps.")
    : t("Listen. You can ask and advise in later steps.");
}

/** When the group is smaller or larger than the protocol is made for; null when it fits. */
export function sizeHint({ protocol, members }: Pick<ConsultationCard, "protocol" | "members">): string | null {
  const [{ fewest, most }, people] = [protocol, members.length];
  if (people < fewest) return t("Made for at least {fewest} people; the group has {people}. You can still use it.", { fewest, people });
  if (people <= most) return null;
  return t("Made for at most {most} people; the group has {people}. You can still use it: steps take longer, or some take the part of observer.", { most, people });
}

/** Step 4 of 6. */
export function stepText({ protocol, run }: Pick<ConsultationCard, "protocol" | "run">): string {
  return t("Step {number} of {count}", { number: run.phase + 1, count: protocol.phases.length });
}

/** Why the person does not write into the lists now; null when they do. */
export function whyNoEntry(card: ConsultationCard): string | null {
  if (may(card, "entry.add") && card.run.writes !== "nothing" && card.run.writes !== "commitments") return null;
  if (card.run.state === "planned") return t("You can write when the consultation has started.");
  if (card.run.state === "finished") return t("The consultation is finished. The lists stay as they are.");
  if (isListening(card)) return t("You listen in this step.");
  const part = partOf(card, card.me);
  if ((part === "observer" || part === null) && !isLeading(card)) return t("You observe: you read everything and write nothing.");
  if (card.run.writes === "nothing" || card.run.writes === "commitments") return t("No list is open in this step.");
  return t("Only the case giver writes in this step.");
}
