// What is shown for a moment, so that nobody misses it: the gong and another stage on the wall and in rooms; in rooms also
// that the talking piece has come, which the wall shows all the time.

import { t } from "../i18n";
import type { GatheringModel } from "./model";
import type { GatheringEvent, Stage } from "./types";
import { stageName } from "./words";

/** Null for an event that nobody needs to see at once. */
export function shownAtOnce(event: GatheringEvent): string | null {
  if (event.name === "gong.rung") return t("The gong has sounded.");
  return event.name === "stage.set" ? stageShown(event.data.gathering?.stage) : null;
}

/** The stage of rounds is told with each round. */
function stageShown(stage: Stage | undefined): string | null {
  return stage === undefined || stage === "rounds" || stage === "preparing" ? null : stageName(stage);
}

export function pieceShownAtOnce(gathering: GatheringModel, event: GatheringEvent): string | null {
  if (event.name !== "circle.started" && event.name !== "circle.passed") return null;
  const { circle } = gathering.card.value;
  const isMine = circle !== null && circle.order[circle.at] === gathering.me;
  return isMine ? t("You have the talking piece. You pass it on at the wall.") : null;
}
