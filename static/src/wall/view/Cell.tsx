// One space in one round: its topic, or the free place. Two topics in it are a warning, not an error.

import type { JSX } from "preact";
import { t } from "../../i18n";
import { isOpenFor } from "../../openspace/board";
import { phaseOf, slotName } from "../../openspace/clock";
import { whyNoMarket } from "../../openspace/rights";
import type { SlotCard, SpaceCard } from "../../openspace/types";
import { Icon } from "../../room/view/marks";
import { useWall } from "../context";
import { Sheet } from "./Sheet";

export function Cell({ slot, space }: { slot: SlotCard; space: SpaceCard }): JSX.Element {
  const { gathering } = useWall();
  const topics = gathering.cell(slot.id, space.id).value;
  if (topics.length === 0) return <FreeCell slot={slot} space={space} />;
  return (
    <li class={topics.length > 1 ? "cell is-shared" : "cell"} data-cell={cellAt(slot, space)}>
      {topics.map((id) => (
        <Sheet key={id} id={id} slot={slot} space={space} />
      ))}
    </li>
  );
}

function FreeCell({ slot, space }: { slot: SlotCard; space: SpaceCard }): JSX.Element {
  const { gathering, ui } = useWall();
  const why = whyNoMarket(gathering.card.value, gathering.rights.value);
  const mayPlace = why === null && isOpenFor(slot) && !space.is_removed;
  return (
    <li class="cell is-free" data-cell={mayPlace ? cellAt(slot, space) : undefined}>
      {!mayPlace && <span class="t-space">{space.name}</span>}
      {mayPlace ? (
        <button
          class="open-btn"
          type="button"
          aria-label={`${t("Put a topic here")} ${space.name}, ${slotName(gathering.slots.value, slot)}`}
          onClick={() => ui.open({ kind: "cell", place: { slot: slot.id, space: space.id } })}
        >
          <Icon name="plus" />
          <span>{t("Put a topic here")}</span> <span class="t-space">{space.name}</span>
        </button>
      ) : (
        <span class="free">{freeText(slot)}</span>
      )}
    </li>
  );
}

function freeText(slot: SlotCard): string {
  if (slot.kind === "break") return "";
  return phaseOf(slot) === "over" ? t("Stayed free") : t("Free");
}

function cellAt(slot: SlotCard, space: SpaceCard): string {
  return `${slot.id}:${space.id}`;
}
