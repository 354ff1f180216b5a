// What is left of the step: a ring that empties and a figure; days and a date, where a step takes days.
// It is announced by the page's live region, at two minutes and at the end, and at no other time.

import type { JSX } from "preact";
import { formatMoment, formatTime, t, tn } from "../../i18n";
import { useConsultation } from "../context";
import { daysLeft, figureOf, shareLeft } from "../clock";
import { phaseOf } from "../words";

const SOON = 60_000;

export function Clock({ isSmall = false }: { isSmall?: boolean }): JSX.Element | null {
  const { consultation } = useConsultation();
  const { protocol, run } = consultation.state.value;
  const phase = phaseOf(consultation.state.value);
  const left = consultation.left.value;
  if (left === null || phase === undefined) return null;
  if (protocol.is_asynchronous) return <Days left={left} isStill={run.state === "paused"} endsAt={run.phase_ends_at} />;
  const share = (shareLeft(phase, left) * 100).toFixed(1);
  return (
    <div>
      <div class={`timer ${isSmall ? "s" : ""} ${left <= SOON ? "end" : ""}`} role="timer" aria-live="off" aria-label={labelOf(left, run.phase_ends_at)}>
        <svg viewBox="0 0 100 100" aria-hidden="true">
          <circle class="track" cx="50" cy="50" r="45" />
          {left > 0 && <circle class="left" cx="50" cy="50" r="45" pathLength="100" stroke-dasharray={`${share} 100`} />}
        </svg>
        <span aria-hidden="true">
          {figureOf(left)}
          {!isSmall && <small>{run.state === "paused" ? t("paused") : left < 0 ? t("over time") : t("left")}</small>}
        </span>
      </div>
    </div>
  );
}

function labelOf(left: number, endsAt: string | null): string {
  const time = figureOf(left);
  if (endsAt === null) return t("{time} left. The clock stands still.", { time });
  return left < 0
    ? t("{time} over time, since {end}", { time, end: formatTime(endsAt) })
    : t("{time} left, until {end}", { time, end: formatTime(endsAt) });
}

function Days({ left, isStill, endsAt }: { left: number; isStill: boolean; endsAt: string | null }): JSX.Element {
  const days = daysLeft(left);
  return (
    <div class="stack s">
      <div class={isStill ? "days-left still" : "days-left"}>
        <span>
          {days}
          <small>{tn("day left", "days left", days)}</small>
        </span>
      </div>
      {endsAt !== null && (
        <p class="micro muted">
          {t("until")} <time dateTime={endsAt}>{formatMoment(endsAt)}</time>
        </p>
      )}
    </div>
  );
}
