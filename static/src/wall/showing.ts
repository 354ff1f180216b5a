// After something was done to a topic the person stands at its sheet: the sheet is in view, and its title has the focus.

import type { GatheringModel } from "../openspace/model";
import type { PlaceCard } from "../openspace/types";
import type { WallPage } from "./context";

/** Milliseconds between two looks, and how often the wall is looked at for the sheet. */
const LOOK_AGAIN = 40;
const LOOKS = 25;

/**
 * `place` is null for a topic that waits. The answer may be there before the wall shows what it did, and before the
 * dialog is gone. Nobody who went on to something else meanwhile is taken from it.
 */
export function showTopic(page: WallPage, topic: number, place: PlaceCard | null, looks = LOOKS): void {
  if (looks === 0 || typeof document === "undefined") return;
  setTimeout(() => {
    if (page.ui.dialog.peek() !== null) return;
    const link = stands(page.gathering, topic, place) ? sheetLink(topic, place) : null;
    if (link === null || document.querySelector("dialog[open]") !== null) return showTopic(page, topic, place, looks - 1);
    if (document.activeElement !== document.body) return;
    link.focus({ preventScroll: true });
    (link.closest(".topic") ?? link).scrollIntoView({ block: "center", inline: "nearest" });
  }, LOOK_AGAIN);
}

export function stands(gathering: GatheringModel, topic: number, place: PlaceCard | null): boolean {
  const places = gathering.topic(topic).peek()?.places;
  if (places === undefined) return false;
  if (place === null) return places.length === 0;
  return places.some(({ slot, space }) => slot === place.slot && space === place.space);
}

function sheetLink(topic: number, place: PlaceCard | null): HTMLElement | null {
  return document.querySelector<HTMLElement>(`#t${topic}${place === null ? "" : `-${place.slot}`} a`);
}
