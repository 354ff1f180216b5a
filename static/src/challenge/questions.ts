// What the form asks; `challenges/edit_views.py` has the same words.

import { t } from "../i18n";
import type { FieldName, WrittenField } from "./types";

export interface Question {
  readonly name: WrittenField;
  readonly label: string;
  readonly hint: string;
  /** Most characters of a field of one line; null for a longer text. */
  readonly line: number | null;
}

export function questions(): readonly Question[] {
  return [
    { name: "title", label: t("What do you call it?"), hint: t("A few words by which others will remember it."), line: 200 },
    {
      name: "key_question",
      label: t("Which one question do you ask your peers?"),
      hint: t("One sentence with a question mark. It stands large on the page."),
      line: 500,
    },
    {
      name: "situation",
      label: t("What is the situation?"),
      hint: t("What happens now, for whom is it a problem, and since when? Figures help."),
      line: null,
    },
    { name: "tried", label: t("What have you tried?"), hint: t("Also what did not work, and why you think so."), line: null },
    {
      name: "stakeholders",
      label: t("Who has a part in it?"),
      hint: t("Who decides, who is affected, who could help, who may be against it?"),
      line: null,
    },
    { name: "desired_result", label: t("What would be a good result?"), hint: t("How would you see in a year that it worked?"), line: null },
    {
      name: "constraints",
      label: t("What cannot be changed?"),
      hint: t("Law, money, time, people: what peers must know before they advise."),
      line: null,
    },
    {
      name: "summary",
      label: t("Summary in English"),
      hint: t("Five sentences are enough: the situation, what you tried, what you need."),
      line: null,
    },
  ];
}

export interface Readers {
  readonly value: string;
  readonly label: string;
  readonly hint: string;
}

export function readers(): readonly Readers[] {
  return [
    { value: "group", label: t("Only its task group"), hint: t("The peers who work on it with you, and nobody else.") },
    { value: "cohort", label: t("Everybody of the cohort"), hint: t("All participants and observers of your cohort.") },
    { value: "programme", label: t("Everybody of the programme"), hint: t("Also the cohorts before and after yours.") },
  ];
}

export interface Lack {
  readonly name: WrittenField;
  readonly words: string;
}

/** What a challenge needs before it can be submitted, as `missing_in` of the server says it. */
export function missingIn(text: (name: FieldName) => string): readonly Lack[] {
  const wanted: Lack[] = [
    { name: "title", words: t("Give it a title.") },
    { name: "key_question", words: t("Write the one question that you ask your peers.") },
    { name: "situation", words: t("Describe the situation.") },
    { name: "desired_result", words: t("Say what you would like to reach.") },
  ];
  if (text("language") !== "en") wanted.push({ name: "summary", words: t("Add a summary in English, so that all can read it.") });
  return wanted.filter(({ name }) => text(name).trim() === "");
}
