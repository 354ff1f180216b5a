// The fields of a report; `challenges/plans/reporting/views/edit.py` has the same words.

import { t } from "../i18n";
import type { EntryField, Label, ReportCard, ReportField } from "./types";

export interface Spec<Name extends string> {
  readonly name: Name;
  readonly label: string;
  readonly hint: string;
  readonly isChosen: boolean;
}

export function reportSpecs(): readonly Spec<ReportField>[] {
  return [
    {
      name: "text",
      label: t("How is the plan?"),
      hint: t("What happened in this period, what helps, what is in the way. A few sentences."),
      isChosen: false,
    },
    { name: "confidence", label: t("Will the plan be reached?"), hint: "", isChosen: true },
  ];
}

export function entrySpecs(): readonly Spec<EntryField>[] {
  return [
    { name: "progress", label: t("How far is it?"), hint: "", isChosen: true },
    { name: "confidence", label: t("Will it be reached in time?"), hint: "", isChosen: true },
    { name: "evidence", label: t("What shows it?"), hint: t("Readings, files, what one can see."), isChosen: false },
    { name: "challenges", label: t("What is in the way?"), hint: "", isChosen: false },
  ];
}

export interface Lack {
  /** The id of the field's element. */
  readonly at: string;
  readonly words: string;
}

/** What a report needs before it is submitted, so far as this page can tell; the server looks again. */
export function missingIn(report: ReportCard, labels: readonly Label[]): readonly Lack[] {
  const lacks: Lack[] = [];
  if (report.text.trim() === "") lacks.push({ at: "r-text", words: t("Say in a few sentences how the plan is.") });
  if (report.confidence === "") lacks.push({ at: "r-confidence", words: t("Say how likely it is that the plan is reached.") });
  if (report.voice === "shadow") return lacks;
  for (const { item, title } of labels) {
    const entry = report.entries.find((each) => each.item === item);
    if (entry !== undefined && entry.progress === "") {
      lacks.push({ at: `e-${item}-progress`, words: t("{title}: say how far it is.", { title }) });
    }
  }
  return lacks;
}
