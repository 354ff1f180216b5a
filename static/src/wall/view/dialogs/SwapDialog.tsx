// Two topics change places, if their conveners agree. One of the two is the person's own.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../../i18n";
import { isOffered, isOpenFor } from "../../../openspace/board";
import { isMine } from "../../../openspace/rights";
import type { PlaceCard, TopicCard } from "../../../openspace/types";
import { DialogFrame } from "../../../room/view/DialogFrame";
import { useWall } from "../../context";
import { ask, placeName } from "../../doings";

export function SwapDialog({ id, place }: { id: number; place: PlaceCard }): JSX.Element | null {
  const page = useWall();
  const { gathering, ui } = page;
  const topic = gathering.topic(id).value;
  const chosen = useSignal("");
  if (topic === undefined) return null;
  const partners = partnersOf(topic);
  const send = (event: Event) => {
    event.preventDefault();
    const [other, slot] = chosen.value.split(":").map(Number);
    if (!other || !slot) return ui.say(t("Choose the other topic first."));
    void ask(page, { kind: "swap", topic: id, from_slot: place.slot, other, slot });
  };
  return (
    <DialogFrame title={t("Swap places")} close={() => ui.close()}>
      <form class="stack" onSubmit={send}>
        <p>
          <b lang={topic.language}>{topic.title}</b>
          <br />
          <span class="small ink2">{placeName(gathering, place)}</span>
        </p>
        <div class="field">
          <label for="swap-other">{t("Swap with")}</label>
          <select class="in" id="swap-other" value={chosen.value} onChange={(event) => (chosen.value = event.currentTarget.value)}>
            <option value="">{t("Choose a topic")}</option>
            {partners.map(({ other, at }) => (
              <option key={`${other.id}:${at.slot}`} value={`${other.id}:${at.slot}`}>
                {placeName(gathering, at)}: {other.title}
              </option>
            ))}
          </select>
        </div>
        <p class="small ink2">{t("It happens when the conveners of both topics agree.")}</p>
        <div class="row">
          <button class="btn main" type="submit">
            {t("Ask the conveners")}
          </button>
          <button class="btn quiet" type="button" onClick={() => ui.close()}>
            {t("Cancel")}
          </button>
        </div>
      </form>
    </DialogFrame>
  );

  function partnersOf(first: TopicCard): { other: TopicCard; at: PlaceCard }[] {
    const open = new Set(gathering.slots.value.filter(isOpenFor).map((slot) => slot.id));
    const mine = isMine(first, gathering.me);
    return gathering.topics.value
      .filter((other) => isOffered(other) && other.id !== id && (mine || isMine(other, gathering.me)))
      .flatMap((other) => other.places.filter((at) => open.has(at.slot)).map((at) => ({ other, at })));
  }
}
