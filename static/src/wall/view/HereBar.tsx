// On a narrow screen, always in reach: where I am, and the way back.

import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { t, tn } from "../../i18n";
import { leftOf, slotName } from "../../openspace/clock";
import { useWall } from "../context";

export function HereBar(): JSX.Element | null {
  const { gathering } = useWall();
  const space = gathering.space(gathering.mySpace.value);
  const running = gathering.running.value;
  const minutes = useComputed(() => {
    const slot = gathering.running.value;
    return slot === null ? 0 : Math.ceil(leftOf(slot, gathering.time.now.value) / 60_000);
  }).value;
  if (space === undefined) return null;
  return (
    <div class="herebar no-print">
      <span class="grow">
        <b>{t("You are in {space}", { space: space.name })}</b>
        {running !== null && (
          <small>
            {slotName(gathering.slots.value, running)} · {tn("{n} minute left", "{n} minutes left", minutes)}
          </small>
        )}
      </span>
      <a class="btn main small" href={`/rooms/${space.room}/`}>
        {t("Go back")}
      </a>
    </div>
  );
}
