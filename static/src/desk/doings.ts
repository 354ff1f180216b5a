// What a facilitator can do now: the deck's buttons, the steps of the day, and what is asked before it is done.

import { formatTime, t, tn } from "../i18n";
import { isBreakNow, isLate, isOn, leftOf, nextRound, phaseOf, roundsLeft, runningSlot, slotName } from "../openspace/clock";
import { stageName } from "../openspace/words";
import type { CommandData, CommandName, GatheringStateCard, SlotCard, Stage } from "../openspace/types";
import { whatIsOpen } from "./open";

export type Run = { readonly [Name in CommandName]: { readonly name: Name; readonly data: CommandData[Name] } }[CommandName];

/** Asked before it is done. */
export interface Question {
  readonly title: string;
  readonly text: string;
  /** What is still open, and would stay so. */
  readonly open?: readonly string[];
  /** To do it, and to leave it. */
  readonly yes: string;
  readonly no: string;
  readonly isDanger?: boolean;
}

export interface Doing {
  readonly label: string;
  readonly icon: string;
  readonly look: "" | "main" | "now" | "danger";
  readonly run: Run;
  readonly question?: Question;
  /** The shortcut: see `keys.ts`. */
  readonly key: string;
}

type Plan = Pick<GatheringStateCard, "gathering" | "slots">;
type Whole = Plan & Pick<GatheringStateCard, "topics" | "people">;

const MINUTE = 60_000;
/** A round is started without a question up to so much before its time; `sessions/openspace/actions/rounds.py`. */
const NEAR = 10 * MINUTE;
const FIVE = 5;

/** The most likely thing to do comes first. */
export function doings(plan: Whole, people: number, now: number): Doing[] {
  const running = runningSlot(plan.slots);
  if (running !== null) return whileRunning(plan, running, people, now);
  switch (plan.gathering.stage) {
    case "preparing":
      return [onward("opening", t("Begin with the opening circle"))];
    case "opening":
      return [onward("marketplace", t("Open the marketplace"))];
    case "marketplace":
    case "rounds":
      return betweenRounds(plan, now);
    case "converging":
      return [toClosing(plan)];
    case "closing":
      return [closing(plan)];
    case "closed":
      return [reopening()];
  }
}

function whileRunning(plan: Plan, slot: SlotCard, people: number, now: number): Doing[] {
  const name = slotName(plan.slots, slot);
  const left = Math.ceil(leftOf(slot, now) / MINUTE);
  const ending: Doing = {
    label: t("End {name}", { name }),
    icon: "square",
    look: "danger",
    key: "e",
    run: { name: "round.end", data: { slot: slot.id } },
  };
  const question: Question = {
    title: t("End {name} now?", { name }),
    text: `${tn("{n} person hears the gong.", "{n} people hear the gong.", people)} ${t("The rooms stay open, and reports can still be written.")}`,
    yes: t("End {name}", { name }),
    no: t("Let it run"),
    isDanger: true,
  };
  return [
    {
      label: left > 0 && left <= 15 ? tn("Gong: {n} minute left", "Gong: {n} minutes left", left) : t("Gong"),
      icon: "bell-ring",
      look: "now",
      key: "g",
      run: { name: "gong.ring", data: {} },
    },
    {
      label: t("5 minutes more"),
      icon: "plus",
      look: "",
      key: "+",
      run: { name: "round.extend", data: { slot: slot.id, minutes: FIVE, seen: slot.ends_at } },
    },
    left > 0 ? { ...ending, question } : ending,
  ];
}

function betweenRounds(plan: Plan, now: number): Doing[] {
  const next = nextRound(plan.slots);
  if (next === null) {
    return [onward("closing", t("Go to the closing circle")), { ...onward("converging", t("Choose what matters")), look: "", key: "v" }];
  }
  return [starting(plan, next, now)];
}

export function starting(plan: Plan, slot: SlotCard, now: number): Doing {
  const name = slotName(plan.slots, slot);
  const doing: Doing = {
    label: phaseOf(slot) === "over" ? t("Go on with {name}", { name }) : t("Start {name}", { name }),
    icon: "play",
    look: "main",
    key: "n",
    run: { name: "round.start", data: { slot: slot.id } },
  };
  const running = runningSlot(plan.slots);
  const texts = [
    running === null ? "" : t("{name} ends with it.", { name: slotName(plan.slots, running) }),
    now < Date.parse(slot.starts_at) - NEAR
      ? t("It is planned for {time}. It would begin now, with its whole length.", { time: formatTime(slot.starts_at) })
      : "",
    phaseOf(slot) === "over" ? t("It has ended already, and would go on.") : "",
  ].filter((text) => text !== "");
  if (texts.length === 0) return doing;
  return { ...doing, question: { title: `${doing.label}?`, text: texts.join(" "), yes: doing.label, no: t("Not now") } };
}

function onward(stage: Stage, label: string): Doing {
  return { label, icon: "arrow-right", look: "main", key: "n", run: { name: "stage.set", data: { stage } } };
}

/** The vote may go on beside the circle, but not by mistake. */
function toClosing(plan: Plan): Doing {
  const doing = onward("closing", t("Go to the closing circle"));
  if (plan.gathering.voting !== "open") return doing;
  return { ...doing, question: { title: `${doing.label}?`, text: t("The vote is still open."), yes: doing.label, no: t("Not now") } };
}

function closing(plan: Whole): Doing {
  return {
    label: t("Close the Open Space"),
    icon: "check",
    look: "main",
    key: "n",
    run: { name: "stage.set", data: { stage: "closed" } },
    question: {
      title: t("Close the Open Space?"),
      text: t("Everything can be read afterwards, but nothing changes any more. The book of proceedings is ready at once."),
      open: whatIsOpen(plan),
      yes: t("Close the Open Space"),
      no: t("Not yet"),
      isDanger: true,
    },
  };
}

function reopening(): Doing {
  const label = t("Open it again");
  const question = { title: t("Open the Open Space again?"), text: t("It goes back to the closing circle, and people can write again."), yes: label, no: t("Leave it closed") };
  return { label, icon: "rotate-cw", look: "", key: "", run: { name: "stage.set", data: { stage: "closing" } }, question };
}

export interface Step {
  readonly id: string;
  readonly name: string;
  readonly state: "done" | "now" | "to_come";
  /** Null where there is nothing to do: a break, or where one is. */
  readonly doing: Doing | null;
}

const ORDER: readonly Stage[] = ["preparing", "opening", "marketplace", "rounds", "converging", "closing", "closed"];

/** The day from left to right: stages, with the slots where the rounds are. */
export function steps(plan: Plan, now: number): Step[] {
  const slots = plan.slots.map((slot) => slotStep(plan, slot, now));
  return [stageStep(plan, "opening"), stageStep(plan, "marketplace"), ...slots, stageStep(plan, "converging"), stageStep(plan, "closing")];
}

function stageStep({ gathering, slots }: Plan, stage: Stage): Step {
  const [at, its] = [ORDER.indexOf(gathering.stage), ORDER.indexOf(stage)];
  const state = at === its ? "now" : its < at ? "done" : "to_come";
  const name = stageName(stage);
  const isOpen = state !== "now" && stagesAfter(gathering.stage).includes(stage);
  const going: Doing = { ...onward(stage, t("Go to “{stage}”", { stage: name })), key: "" };
  const question = { title: `${going.label}?`, text: whatEnds(slots, gathering.stage, stage), yes: going.label, no: t("Not now") };
  return { id: stage, name, state, doing: isOpen ? { ...going, question } : null };
}

function whatEnds(slots: Plan["slots"], from: Stage, to: Stage): string {
  if (from === "closed") return t("The Open Space is open again then.");
  const left = isLate(to) && !isLate(from) ? roundsLeft(slots) : [];
  const texts = [
    from === "rounds" && runningSlot(slots) !== null ? t("A round that runs ends with it.") : "",
    ...left.map((slot) => t("{round} has not been held, and does not start by itself then.", { round: slotName(slots, slot) })),
  ].filter((text) => text !== "");
  if (texts.length > 0) return texts.join(" ");
  return to === "marketplace" ? t("The market opens with it.") : t("Everybody sees the new stage at once.");
}

/** As `stages_after` in sessions/openspace/rules.py. */
export function stagesAfter(stage: Stage): readonly Stage[] {
  if (stage === "preparing") return ["opening", "marketplace", "rounds"];
  if (stage === "closed") return ["marketplace", "rounds", "converging", "closing"];
  return ORDER.filter((each) => each !== stage);
}

function slotStep(plan: Plan, slot: SlotCard, now: number): Step {
  const phase = phaseOf(slot);
  const isPastBreak = slot.kind === "break" && (Date.parse(slot.ends_at) <= now || isPassedOver(plan, slot));
  const isNow = phase === "running" || (plan.gathering.stage === "rounds" && isOn(plan.slots, slot, now));
  const state = isNow ? "now" : phase === "over" || isPastBreak ? "done" : "to_come";
  const name = slotName(plan.slots, slot);
  const canStart = slot.kind === "round" && phase !== "running" && !["preparing", "closed"].includes(plan.gathering.stage);
  const doing: Doing = { ...starting(plan, slot, now), key: "" };
  const question = doing.question ?? { title: `${doing.label}?`, text: t("The gong is heard in every room."), yes: doing.label, no: t("Not now") };
  return { id: `slot${slot.id}`, name, state, doing: canStart ? { ...doing, question } : null };
}

/** A round that was to come after the break runs already. */
function isPassedOver({ slots }: Plan, { starts_at }: SlotCard): boolean {
  const started = runningSlot(slots)?.started_at;
  return started != null && Date.parse(starts_at) <= Date.parse(started);
}

export interface Headline {
  readonly title: string;
  /** What the clocks below it are about; null for none. */
  readonly when: { readonly words: string; readonly at: string } | null;
}

export function headline(plan: Plan, now: number): Headline {
  const { gathering, slots } = plan;
  const running = runningSlot(slots);
  if (running !== null) {
    return { title: t("{name} is running", { name: slotName(slots, running) }), when: { words: t("Ends at"), at: running.ends_at } };
  }
  const next = nextRound(slots);
  const coming = next && { words: t("{name} begins at", { name: slotName(slots, next) }), at: next.starts_at };
  if (gathering.stage === "closed") return { title: t("The Open Space is closed"), when: null };
  if (gathering.stage !== "rounds") return { title: stageName(gathering.stage), when: isBefore(gathering.stage) ? coming : null };
  const pause = slots.find((slot) => isBreakNow(slot, now));
  if (pause !== undefined) return { title: slotName(slots, pause), when: coming };
  return next === null
    ? { title: t("All rounds are over"), when: null }
    : { title: t("{name} is next", { name: slotName(slots, next) }), when: coming };
}

function isBefore(stage: Stage): boolean {
  return ORDER.indexOf(stage) < ORDER.indexOf("rounds");
}

export function closingMarket(): Question {
  return {
    title: t("Close the market?"),
    text: t("Nobody can propose or place a topic then. Some people come late: leave it open if you can."),
    yes: t("Close the market"),
    no: t("Leave it open"),
  };
}
