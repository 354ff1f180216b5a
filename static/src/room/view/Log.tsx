// The talk: messages in their order, older ones fetched above, what is on its way below.

import { untracked, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t, tn } from "../../i18n";
import { type Place, ScrollKeeper } from "../scroll_keeper";
import { messagesAt } from "../store";
import { Pending } from "./PendingMessage";
import { Rows } from "./Rows";
import { usePage } from "./context";
import { Icon } from "./marks";
import { moveFocus } from "./roving";

/** Pixels from either end at which more is fetched. */
const NEAR = 800;

export function Log(): JSX.Element {
  const { room, ui } = usePage();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const keeper = useRef<ScrollKeeper | null>(null);
  const isAtEnd = useSignal(true);
  const isReading = useComputed(() => isAtEnd.value && room.isAtPresent.value);

  useEffect(() => {
    if (scroller.current === null || list.current === null) return;
    const kept = new ScrollKeeper(scroller.current, list.current, (place: Place) => {
      isAtEnd.value = place.isAtEnd;
      if (place.above < NEAR) void room.history.earlier();
      if (place.below < NEAR) void room.history.later();
    });
    keeper.current = kept;
    const fence = list.current.querySelector("[data-fence]");
    if (fence === null) kept.toEnd();
    else kept.show(fence);
    return () => kept.stop();
  }, []);

  const toNewest = () => {
    room.toNewest();
    requestAnimationFrame(() => keeper.current?.toEnd());
  };
  useSignalEffect(() => room.setReading(isReading.value && ui.part.value === "chat"));
  useSignalEffect(() => {
    if (ui.justSent.value > 0) untracked(toNewest);
  });
  useSignalEffect(() => {
    const sought = ui.sought.value;
    if (sought !== null) requestAnimationFrame(() => bringIntoView(list.current, keeper.current, sought.seq));
  });

  return (
    <div class="chat-frame">
      <div class="chat-scroll" ref={scroller} role="region" aria-label={t("Messages")}>
        <div class="chat-all">
          <Earlier />
          <ul class="chat" ref={list} onKeyDown={moveFocus}>
            <Rows />
            {room.isAtPresent.value && <Pending root={null} />}
          </ul>
        </div>
      </div>
      {!isReading.value && <ToNewest jump={toNewest} />}
    </div>
  );
}

function bringIntoView(list: HTMLElement | null, keeper: ScrollKeeper | null, seq: number): void {
  const row = list?.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
  if (!row) return;
  keeper?.show(row);
  row.querySelector("article")?.focus({ preventScroll: true });
}

/** Scrolling fetches by itself; the button is for who does not scroll, and for another try. */
function Earlier(): JSX.Element | null {
  const { room } = usePage();
  const { past, tail } = room.state.value;
  const isLoading = room.history.loading.value.has("earlier");
  if (!(past ?? tail).hasEarlier) return null;
  return (
    <p class="earlier">
      {room.history.complaint.value !== null && <span class="bad-t">{room.history.complaint.value}</span>}
      <button class="btn quiet small" type="button" aria-busy={isLoading} onClick={() => void room.history.earlier(true)}>
        <Icon name={isLoading ? "refresh-cw" : "arrow-up"} />
        {isLoading ? t("Loading earlier messages…") : t("Earlier messages")}
      </button>
    </p>
  );
}

function ToNewest({ jump }: { jump: () => void }): JSX.Element {
  const { room } = usePage();
  const seen = useRef(room.settled.value.tail.seqs.at(-1) ?? 0);
  const { tail } = room.state.value;
  const news = messagesAt(room.state.value, tail.seqs).filter((card) => card.seq > seen.current && card.by !== room.me);
  return (
    <button class="to-newest" type="button" onClick={jump}>
      <Icon name="arrow-down" />
      {news.length > 0 ? tn("{n} new message", "{n} new messages", news.length) : t("To the newest")}
    </button>
  );
}
