// A time and a place for one's own topic, from a list: the way without a mouse.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../../i18n";
import { isOpenFor } from "../../../openspace/board";
import { placeWarnings } from "../../../openspace/checks";
import { phaseOf, slotName, slotTimes } from "../../../openspace/clock";
import type { PlaceCard, SlotCard, SpaceCard } from "../../../openspace/types";
import { DialogFrame } from "../../../room/view/DialogFrame";
import { Icon } from "../../../room/view/marks";
import { useWall } from "../../context";
import { ask, dropTopic } from "../../doings";
import { warningText } from "../Clashes";

interface Props {
  id: number;
  fromSlot: number | null;
  /** For one round more, beside those in which it stands. */
  isMore: boolean;
}

export function PlaceDialog({ id, fromSlot, isMore }: Props): JSX.Element | null {
  const page = useWall();
  const { gathering, ui } = page;
  const topic = gathering.topic(id).value;
  const standing = new Set(topic?.places.map(({ slot }) => slot));
  const slots = gathering.slots.value.filter((slot) => isOpenFor(slot) && (slot.id === fromSlot || !standing.has(slot.id)));
  const chosen = useSignal(slots.find((slot) => phaseOf(slot) === "to_come")?.id ?? slots[0]?.id ?? 0);
  const slot = slots.find((each) => each.id === chosen.value) ?? slots[0];
  if (topic === undefined) return null;
  const choose = (place: PlaceCard) => {
    if (isMore) void ask(page, { kind: "continue", topic: id, ...place });
    else void dropTopic(page, id, place, fromSlot);
  };
  return (
    <DialogFrame title={isMore ? t("One round more") : t("A time and a place")} close={() => ui.close()}>
      <p>
        <b lang={topic.language}>{topic.title}</b>
      </p>
      {isMore && <p class="small ink2">{t("When others convene it with you, they are asked first.")}</p>}
      {slot === undefined ? (
        <p>{t("There is no round left to choose.")}</p>
      ) : (
        <>
          <SlotButtons slots={slots} chosen={slot.id} choose={(next) => (chosen.value = next)} />
          <ul class="rows place-list" aria-label={slotName(gathering.slots.value, slot)}>
            {gathering.columns.value
              .filter((space) => !space.is_removed)
              .map((space) => (
                <SpaceLine key={space.id} id={id} slot={slot} space={space} choose={choose} />
              ))}
          </ul>
        </>
      )}
    </DialogFrame>
  );
}

function SlotButtons({ slots, chosen, choose }: { slots: readonly SlotCard[]; chosen: number; choose: (slot: number) => void }): JSX.Element {
  const { gathering } = useWall();
  return (
    <div class="row tight" role="group" aria-label={t("Round")}>
      {slots.map((slot) => (
        <button key={slot.id} class="btn small slot-choice" type="button" aria-pressed={slot.id === chosen} onClick={() => choose(slot.id)}>
          {slotName(gathering.slots.value, slot)} <span class="micro">{slotTimes(slot)}</span>
        </button>
      ))}
    </div>
  );
}

interface LineProps {
  id: number;
  slot: SlotCard;
  space: SpaceCard;
  choose: (place: PlaceCard) => void;
}

function SpaceLine({ id, slot, space, choose }: LineProps): JSX.Element {
  const { gathering } = useWall();
  const topic = gathering.topic(id).value;
  const place = { slot: slot.id, space: space.id };
  const others = gathering.cell(slot.id, space.id).value.filter((each) => each !== id);
  const isHere = topic?.places.some((each) => each.slot === place.slot && each.space === place.space) ?? false;
  const warnings = topic === undefined ? [] : placeWarnings(gathering.index.value, topic, place, gathering.me);
  const titles = others.map((other) => `“${gathering.topic(other).value?.title ?? "…"}”`).join(", ");
  return (
    <li class="row nowrap">
      <span class="grow">
        <b>{space.name}</b> <span class="small muted">{isHere ? t("It stands here now") : others.length === 0 ? t("Free") : titles}</span>
        {warnings
          .filter(({ kind }) => kind !== "space_twice")
          .map((warning) => (
            <small key={warning.kind} class="warn">
              <Icon name="triangle-alert" />
              {warningText(gathering, warning)}
            </small>
          ))}
      </span>
      <button
        class={others.length === 0 ? "btn small main" : "btn small"}
        type="button"
        aria-disabled={isHere}
        aria-label={t("Choose {space}", { space: space.name })}
        onClick={() => isHere || choose(place)}
      >
        {t("Choose")}
      </button>
    </li>
  );
}
