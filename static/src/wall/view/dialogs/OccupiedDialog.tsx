// Another topic stands where this one was to go: what stands there, and where there is room nearby.

import type { JSX } from "preact";
import { t } from "../../../i18n";
import { freeCellsNear } from "../../../openspace/board";
import type { PlaceCard } from "../../../openspace/types";
import { DialogFrame } from "../../../room/view/DialogFrame";
import { Name } from "../../../room/view/marks";
import { useWall } from "../../context";
import { ask, placeName, placeTopic } from "../../doings";
import type { Occupied } from "../../ui";

export function OccupiedDialog({ occupied }: { occupied: Occupied }): JSX.Element {
  const page = useWall();
  const { gathering, ui } = page;
  const { topic, place, fromSlot, others, isLate } = occupied;
  const cell = gathering.cell(place.slot, place.space).value;
  const there = [...new Set([...others, ...cell])].filter((id) => id !== topic);
  const { spaces, slots, topics } = gathering.state.value;
  const free = freeCellsNear({ spaces, slots, topics }, place);
  const put = (where: PlaceCard, beside: readonly number[]) => void placeTopic(page, topic, where, fromSlot, beside);
  return (
    <DialogFrame title={isLate ? t("Somebody was faster") : t("Another topic stands here")} close={() => ui.close()}>
      <p>{t("This stands here now: {place}", { place: placeName(gathering, place) })}</p>
      <ul class="stack s">
        {there.map((id) => (
          <Standing key={id} id={id} />
        ))}
      </ul>
      {free.length > 0 && (
        <div class="stack s">
          <h3 class="label">{t("Free places nearby")}</h3>
          <div class="row tight">
            {free.map((each) => (
              <button key={`${each.slot}:${each.space}`} class="btn small main" type="button" onClick={() => put(each, [])}>
                {placeName(gathering, each)}
              </button>
            ))}
          </div>
        </div>
      )}
      <div class="row">
        <button class="btn" type="button" onClick={() => ui.open({ kind: "place", topic, fromSlot })}>
          {t("Another place…")}
        </button>
        <button class="btn" type="button" onClick={() => put(place, there)}>
          {t("Put it here, too")}
        </button>
        {fromSlot !== null && there.length === 1 && (
          <button
            class="btn"
            type="button"
            onClick={() => void ask(page, { kind: "swap", topic, other: there[0] ?? 0, from_slot: fromSlot, slot: place.slot })}
          >
            {t("Ask to swap places")}
          </button>
        )}
        <button class="btn quiet" type="button" onClick={() => ui.close()}>
          {t("Leave it as it is")}
        </button>
      </div>
    </DialogFrame>
  );
}

function Standing({ id }: { id: number }): JSX.Element | null {
  const { gathering } = useWall();
  const topic = gathering.topic(id).value;
  if (topic === undefined) return null;
  return (
    <li class="excerpt">
      <b lang={topic.language}>{topic.title}</b>
      <p class="small ink2">
        <Name person={gathering.people.value[topic.convener ?? 0]} />
      </p>
    </li>
  );
}
