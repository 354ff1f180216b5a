// What goes on in the group's room: the step, its clock, one's part, and the way to the consultation.

import type { JSX } from "preact";
import { formatMoment, t, tn } from "../../i18n";
import { daysLeft, figureOf } from "../../consultation/clock";
import { useConsultation } from "../../consultation/context";
import { partOf } from "../../consultation/rights";
import { mineText, partName, phaseOf, stepText } from "../../consultation/words";
import { RunBadge } from "../../consultation/view/Page";

export function Strip(): JSX.Element {
  const card = useConsultation().consultation.state.value;
  const { run } = card;
  const isOn = run.state === "running" || run.state === "paused";
  const phase = isOn ? phaseOf(card) : undefined;
  const part = partOf(card, card.me);
  return (
    <section class="consult-strip" aria-label={t("Consultation")} data-state={run.state}>
      <p class="grow">
        {(run.state !== "running" || phase === undefined) && <RunBadge state={run.state} />}{" "}
        {phase !== undefined && (
          <>
            <b>
              <bdi>{phase.name}</bdi>
            </b>{" "}
            <span class="muted">{stepText(card)}</span> <Left />
            <br />
          </>
        )}
        {part !== null && <b>{t("You: {part}.", { part: partName(part) })}</b>} <span class="only-wide">{mineText(card)}</span>
      </p>
      <a class="btn small" href={`/consultations/${card.id}/`}>
        {t("To the consultation")}
      </a>
    </section>
  );
}

/** In no live region: it changes each second. */
function Left(): JSX.Element | null {
  const { consultation } = useConsultation();
  const { protocol, run } = consultation.state.value;
  const left = consultation.left.value;
  if (left === null) return null;
  if (protocol.is_asynchronous) {
    const days = tn("{n} day left", "{n} days left", daysLeft(left));
    return (
      <b>
        · {days}
        {run.phase_ends_at !== null && `, ${t("until {moment}", { moment: formatMoment(run.phase_ends_at) })}`}
      </b>
    );
  }
  return (
    <b role="timer" aria-live="off">
      · {left < 0 ? t("{time} over time", { time: figureOf(left) }) : t("{time} left", { time: figureOf(left) })}
    </b>
  );
}
