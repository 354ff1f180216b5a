// Brings a room that is a space of a gathering together with it.

import { effect } from "@preact/signals";
import type { Live } from "../../live/protocol";
import { callShownAtOnce, pieceShownAtOnce, shownAtOnce } from "../../openspace/at_once";
import { Gong } from "../../openspace/gong";
import { watchLandings } from "../../openspace/landings";
import { GatheringModel } from "../../openspace/model";
import type { GatheringEvent, GatheringStateCard } from "../../openspace/types";
import type { RoomModel } from "../model";
import type { Ui } from "../ui";
import type { GatheringPage } from "./context";
import { Place } from "./place";

const RINGS = new Set(["gong.rung", "round.started", "round.ended"]);
/** From here on there is a place for the papers beside the talk. */
const WIDE = "(min-width: 76.01rem)";

/** Null for a room that is no space of a gathering. */
export function beginGathering(live: Live, root: HTMLElement, room: number, storage: Storage | null): GatheringPage | null {
  const text = document.getElementById("companion-state")?.textContent;
  if (!text || !root.dataset["companion"]?.startsWith("gathering:")) return null;
  const gathering = new GatheringModel(live, JSON.parse(text) as GatheringStateCard, Number(root.dataset["companionHead"]));
  return { live, place: new Place(live, gathering, room, storage, isWritingOnPapers), gong: new Gong(storage) };
}

/** After the page is drawn. */
export function watchGathering({ place, gong }: GatheringPage, room: RoomModel, ui: Ui): void {
  const { gathering } = place;
  effect(() => {
    const full = place.full.value;
    room.outside.value = full !== null && full.space === place.space.value?.id ? full.detail : "";
  });
  gathering.time.start();
  watchLandings(gathering, (text) => (ui.spoken.value = text));
  gathering.onEvents.add((events: readonly GatheringEvent[]) => {
    const fresh = events.filter((event) => gathering.isNow(event));
    if (fresh.some(({ name }) => RINGS.has(name))) gong.ring();
    for (const event of fresh) {
      const text = pieceShownAtOnce(gathering, event) ?? callShownAtOnce(gathering, event) ?? shownAtOnce(event);
      if (text !== null) ui.say(text);
    }
  });
  effect(() => {
    const complaint = gathering.commands.complaint.value;
    if (complaint === null) return;
    gathering.commands.complaint.value = null;
    ui.say(complaint);
  });
  layOutPapers(place, ui);
  turnToReport(place, ui);
}

/** Where there is room, the notes lie beside the talk as soon as a topic is here. */
function layOutPapers(place: Place, ui: Ui): void {
  const wide = matchMedia(WIDE);
  let laidOut: number | null = null;
  effect(() => {
    const topic = place.topic.value;
    if (topic === undefined || topic.id === laidOut || !wide.matches) return;
    laidOut = topic.id;
    const kind = topic.notes !== null && place.isNow.value ? "notes" : "report";
    if (ui.panel.peek() === null) ui.restOn({ kind });
  });
}

/** Ten minutes before the end, for the convener; never under the hands of somebody who writes there. */
function turnToReport(place: Place, ui: Ui): void {
  const wide = matchMedia(WIDE);
  effect(() => {
    if (!place.isLanding.value || !place.amConvener.value || !wide.matches) return;
    const panel = ui.panel.peek();
    if (!isWritingOnPapers() && (panel === null || panel.kind === "notes")) ui.restOn({ kind: "report" });
  });
}

function isWritingOnPapers(): boolean {
  const field = document.activeElement;
  return field !== null && field.matches("textarea, input, select") && field.closest(".room-r") !== null;
}
