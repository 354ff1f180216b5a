// "Put a topic here": one of mine, waiting or placed elsewhere, or a new one.

import type { JSX } from "preact";
import { t } from "../../../i18n";
import { isOffered } from "../../../openspace/board";
import { isMine } from "../../../openspace/rights";
import type { PlaceCard, TopicCard } from "../../../openspace/types";
import { DialogFrame } from "../../../room/view/DialogFrame";
import { Icon } from "../../../room/view/marks";
import { useWall } from "../../context";
import { dropTopic, placeName } from "../../doings";

export function CellDialog({ place }: { place: PlaceCard }): JSX.Element {
  const { gathering, ui } = useWall();
  const mine = gathering.topics.value.filter((topic) => isOffered(topic) && isMine(topic, gathering.me));
  const waiting = mine.filter((topic) => topic.places.length === 0);
  const placed = mine.filter((topic) => topic.places.length === 1 && canLeave(topic));
  function canLeave(topic: TopicCard): boolean {
    const slot = gathering.slots.value.find(({ id }) => id === topic.places[0]?.slot);
    return slot !== undefined && slot.ended_at === null;
  }
  return (
    <DialogFrame title={t("Put a topic here")} close={() => ui.close()}>
      <p class="small ink2">{placeName(gathering, place)}</p>
      <div class="stack s">
        {waiting.map((topic) => (
          <Choice key={topic.id} topic={topic} place={place} fromSlot={null} />
        ))}
        <button class="btn main" type="button" autofocus={waiting.length === 0} onClick={() => ui.open({ kind: "propose", place })}>
          <Icon name="plus" />
          {t("Propose a new topic for this place")}
        </button>
        {placed.length > 0 && <h3 class="label">{t("Or move one of yours")}</h3>}
        {placed.map((topic) => (
          <Choice key={topic.id} topic={topic} place={place} fromSlot={topic.places[0]?.slot ?? null} />
        ))}
      </div>
    </DialogFrame>
  );
}

function Choice({ topic, place, fromSlot }: { topic: TopicCard; place: PlaceCard; fromSlot: number | null }): JSX.Element {
  const page = useWall();
  return (
    <button class="btn topic-choice" type="button" onClick={() => void dropTopic(page, topic.id, place, fromSlot)}>
      <span class="t-n">{topic.number}</span>
      <bdi class="grow" lang={topic.language}>
        {topic.title}
      </bdi>
    </button>
  );
}
