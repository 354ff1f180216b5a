// What is said aloud: another step, a clock that stands or goes on, the last two minutes. Never the seconds.

import { effect } from "@preact/signals";
import { t } from "../i18n";
import { landingBetween } from "./clock";
import type { ConsultationModel } from "./model";
import type { RunCard } from "./types";
import { lengthName, mineText, phaseOf, stepText } from "./words";

/** `tell` hears each piece of news once. Gives the way to stop. */
export function watchNews(consultation: ConsultationModel, tell: (text: string) => void): () => void {
  let run = consultation.state.peek().run;
  let left = consultation.left.peek();
  const stopRun = effect(() => {
    const next = consultation.state.value.run;
    const text = next === run ? null : newsText(consultation, run);
    run = next;
    if (text !== null) tell(text);
  });
  const stopClock = effect(() => {
    const now = consultation.left.value;
    const landing = left === null || now === null ? null : landingBetween(left, now);
    left = now;
    if (landing === null || consultation.state.peek().protocol.is_asynchronous) return;
    tell(landing > 0 ? t("2 minutes left in this step.") : t("The time of this step is over."));
  });
  return () => {
    stopRun();
    stopClock();
  };
}

function newsText(consultation: ConsultationModel, before: RunCard): string | null {
  const card = consultation.state.peek();
  const { run } = card;
  if (run.state === "finished" && before.state !== "finished") return t("The consultation is finished.");
  if (run.state === "paused" && before.state !== "paused") return t("Paused. The clock stands still.");
  const phase = phaseOf(card);
  if (phase === undefined) return null;
  if (run.phase !== before.phase || before.state === "planned") {
    return `${stepText(card)}: ${phase.name}, ${lengthName(phase)}. ${mineText(card)}`;
  }
  if (before.state === "paused" && run.state === "running") return t("The clock goes on.");
  if (before.is_silent && !run.is_silent) return t("Now everybody reads what was written in silence.");
  return run.phase_ends_at !== before.phase_ends_at ? t("This step has more time now.") : null;
}
