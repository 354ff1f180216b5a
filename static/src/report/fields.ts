// What a report asks for; `sessions/openspace/topic_views.py` has the same words.

import { t } from "../i18n";
import type { NextStep, TextField } from "./types";

export interface Question {
  readonly name: TextField;
  readonly label: string;
  readonly hint: string;
}

export function questions(): readonly Question[] {
  return [
    { name: "summary", label: t("What was said"), hint: t("The main points, so that somebody who was not there understands.") },
    { name: "recommendations", label: t("Recommendations"), hint: t("What should be done, and by whom?") },
    { name: "resources", label: t("Resources"), hint: t("What is there already: people, papers, examples, links.") },
    { name: "requests", label: t("Requests"), hint: t("What do you need from others?") },
  ];
}

export function sameSteps(some: readonly NextStep[], others: readonly NextStep[]): boolean {
  const told = (steps: readonly NextStep[]) => JSON.stringify(steps.map(({ what, who, when }) => [what.trim(), who.trim(), when]));
  return told(some) === told(others);
}

export function samePeople(some: readonly number[], others: readonly number[]): boolean {
  return some.join() === others.join();
}
