// What a person may do with a topic from its menu. Nobody places or changes somebody else's topic.

import { t } from "../i18n";
import { isAhead, isOpenFor } from "../openspace/board";
import type { GatheringModel } from "../openspace/model";
import { isMine, whyNoMarket } from "../openspace/rights";
import type { PlaceCard, TopicCard } from "../openspace/types";
import type { WallPage } from "./context";
import { takeDown } from "./doings";

export interface Choice {
  readonly icon: string;
  readonly text: string;
  readonly run: () => void;
  readonly isDanger?: boolean;
}

/** `place`: where the sheet stands whose menu it is; null while the topic waits. */
export function choicesFor(page: WallPage, topic: TopicCard, place: PlaceCard | null): Choice[] {
  const { gathering, ui } = page;
  const read: Choice = { icon: "eye", text: t("Read all about it"), run: () => ui.open({ kind: "topic", topic: topic.id }) };
  const rights = gathering.rights.value;
  if (!rights.take_part) return [read];
  const hasMarket = whyNoMarket(gathering.card.value, rights) === null;
  return [
    read,
    ...(isMine(topic, gathering.me) ? own(page, topic, place, hasMarket) : foreign(page, topic, place, hasMarket)),
  ];
}

function own(page: WallPage, topic: TopicCard, place: PlaceCard | null, hasMarket: boolean): Choice[] {
  const { ui, gathering } = page;
  const id = topic.id;
  const isOver = !isStillOpen(page, place);
  const canMerge = hasMarket && isAhead(topic, gathering.slots.value);
  const choices: (Choice | false)[] = [
    hasMarket && !isOver && { icon: "map-pin", text: place === null ? t("Place it…") : t("Move it…"), run: () => ui.open({ kind: "place", topic: id, fromSlot: place?.slot ?? null }) },
    hasMarket && topic.places.length > 0 && { icon: "plus", text: t("One round more…"), run: () => ui.open({ kind: "continue", topic: id }) },
    hasMarket && place !== null && !isOver && { icon: "arrow-down", text: t("Take it from this place"), run: () => void takeDown(page, id, place.slot) },
    hasMarket && place !== null && !isOver && { icon: "refresh-cw", text: t("Ask to swap places…"), run: () => ui.open({ kind: "swap", topic: id, place }) },
    canMerge && { icon: "copy", text: t("Put together with another topic…"), run: () => ui.open({ kind: "merge", topic: id }) },
    { icon: "pencil", text: t("Change the words…"), run: () => ui.open({ kind: "change", topic: id }) },
    { icon: "log-out", text: topic.convener === gathering.me ? t("Leave it to somebody else…") : t("Stop convening it…"), run: () => ui.open({ kind: "leave", topic: id }) },
    { icon: "trash-2", text: t("Withdraw it…"), run: () => ui.open({ kind: "withdraw", topic: id }), isDanger: true },
  ];
  return choices.filter((choice) => choice !== false);
}

function foreign(page: WallPage, topic: TopicCard, place: PlaceCard | null, hasMarket: boolean): Choice[] {
  const { ui, gathering } = page;
  const hasOwn = gathering.topics.value.some((each) => each.state === "offered" && isMine(each, gathering.me));
  const choices: (Choice | false)[] = [
    hasNoConvener(gathering, topic) && { icon: "user-plus", text: t("Take it over…"), run: () => ui.open({ kind: "adopt", topic: topic.id }) },
    hasMarket && hasOwn && isAhead(topic, gathering.slots.value) && { icon: "copy", text: t("Put together with another topic…"), run: () => ui.open({ kind: "merge", topic: topic.id }) },
    hasMarket && hasOwn && place !== null && isStillOpen(page, place) && { icon: "refresh-cw", text: t("Ask to swap places…"), run: () => ui.open({ kind: "swap", topic: topic.id, place }) },
  ];
  return choices.filter((choice) => choice !== false);
}

/** Nobody convenes it, or who did has left the cohort. */
function hasNoConvener({ people }: GatheringModel, { convener }: TopicCard): boolean {
  return convener === null || people.value[convener]?.past === true;
}

function isStillOpen({ gathering }: WallPage, place: PlaceCard | null): boolean {
  const slot = gathering.slots.value.find(({ id }) => id === place?.slot);
  return place === null || slot === undefined || slot.kind === "break" || isOpenFor(slot);
}
