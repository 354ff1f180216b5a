// What is left of the round: for the eye a ring that empties, and a figure. It is announced at 10, 3 and 1
// minute by the page's live region, and at no other time.

import type { JSX } from "preact";
import { formatTime, t } from "../../i18n";
import { formatLeft, leftOf, shareLeft } from "../../openspace/clock";
import { usePlace } from "./context";

const SOON = 60_000;

export function Timer({ isSmall = false }: { isSmall?: boolean }): JSX.Element | null {
  const { round, gathering } = usePlace();
  const slot = round.value;
  if (slot === null) return null;
  const now = gathering.time.now.value;
  const left = leftOf(slot, now);
  const figure = isSmall ? String(Math.ceil(left / 60_000)) : formatLeft(left);
  return (
    <div
      class={`timer ${isSmall ? "s" : ""} ${left <= SOON ? "end" : ""}`}
      role="timer"
      aria-live="off"
      aria-label={t("{time} left, until {end}", { time: formatLeft(left), end: formatTime(slot.ends_at) })}
    >
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle class="track" cx="50" cy="50" r="45" />
        <circle class="left" cx="50" cy="50" r="45" pathLength="100" stroke-dasharray={`${(shareLeft(slot, now) * 100).toFixed(1)} 100`} />
      </svg>
      <span aria-hidden="true">
        {figure}
        {!isSmall && <small>{t("left")}</small>}
      </span>
    </div>
  );
}
