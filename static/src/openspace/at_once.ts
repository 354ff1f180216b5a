// What is shown for a moment, so that nobody misses it: the gong, another stage and calls for a facilitator on the wall and
// in rooms; in rooms also that the talking piece has come, which the wall shows all the time.

import { t } from "../i18n";
import type { GatheringModel } from "./model";
import type { GatheringEvent, Stage } from "./types";
import { stageName } from "./words";

/** Null for an event that nobody needs to see at once. */
export function shownAtOnce(event: GatheringEvent): string | null {
  if (event.name === "gong.rung") return t("The gong has sounded.");
  return event.name === "stage.set" || event.name === "circle.started" ? stageShown(event.data.gathering?.stage) : null;
}

/** The stage of rounds is told with each round. */
function stageShown(stage: Stage | undefined): string | null {
  return stage === undefined || stage === "rounds" || stage === "preparing" ? null : stageName(stage);
}

/** To who facilitates, wherever they are: the desk has the words. */
export function callShownAtOnce(gathering: GatheringModel, event: GatheringEvent): string | null {
  const call = event.name === "call.made" ? event.data.calls?.find(({ state }) => state === "open") : undefined;
  if (call === undefined || !gathering.rights.value.facilitate || call.by === gathering.me) return null;
  const [name, room] = [gathering.people.value[call.by]?.name ?? "…", gathering.space(call.space)?.name];
  return room === undefined ? t("{name} asks for a facilitator.", { name }) : t("{name} asks for a facilitator: {room}.", { name, room });
}

export function pieceShownAtOnce(gathering: GatheringModel, event: GatheringEvent): string | null {
  if (event.name !== "circle.started" && event.name !== "circle.passed") return null;
  const { circle } = gathering.card.value;
  const isMine = circle !== null && circle.order[circle.at] === gathering.me;
  return isMine ? t("You have the talking piece. You pass it on at the wall.") : null;
}
