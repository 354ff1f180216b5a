// Says when a round comes to its end: at 10, 3 and 1 minute and at no other time; and that it began or ended.

import { effect } from "@preact/signals";
import { t } from "../i18n";
import { landingBetween, landingText, phaseOf, slotName } from "./clock";
import type { GatheringModel } from "./model";
import type { GatheringEvent } from "./types";

/** Gives the way to stop. `say` is for a live region, and is called once for each thing to be said. */
export function watchLandings(gathering: GatheringModel, say: (text: string) => void): () => void {
  let before = gathering.time.now.value;
  const stop = effect(() => {
    const now = gathering.time.now.value;
    const slot = gathering.running.value;
    const minutes = slot === null || slot.kind === "break" ? null : landingBetween(slot, before, now);
    before = now;
    if (minutes !== null) say(landingText(minutes));
  });
  const hear = (events: readonly GatheringEvent[]) => {
    for (const event of events.filter((each) => gathering.isNow(each))) {
      const text = roundNews(gathering, event);
      if (text !== null) say(text);
    }
  };
  gathering.onEvents.add(hear);
  return () => {
    stop();
    gathering.onEvents.delete(hear);
  };
}

function roundNews(gathering: GatheringModel, event: GatheringEvent): string | null {
  if (event.name !== "round.started" && event.name !== "round.ended" && event.name !== "round.extended") return null;
  const slots = gathering.slots.value;
  // With it come the one that ended for it and those that were pushed back.
  const phase = event.name === "round.ended" ? "over" : "running";
  const slot = event.data.slots?.find((each) => phaseOf(each) === phase);
  if (slot === undefined) return null;
  const name = slotName(slots, slot);
  if (event.name === "round.started") return t("{round} begins.", { round: name });
  if (event.name === "round.ended") return t("{round} is over.", { round: name });
  return t("{round} goes on a little longer.", { round: name });
}
