// One thread: what it began with, the replies, and a field for the next.

import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t, tn } from "../../i18n";
import { ScrollKeeper } from "../scroll_keeper";
import { messagesAt } from "../store";
import { rowsOf } from "../timeline";
import { Composer } from "./Composer";
import { Message } from "./Message";
import { Paper } from "./Panel";
import { Pending } from "./PendingMessage";
import { usePage } from "./context";
import { moveFocus } from "./roving";

export function Thread({ root }: { root: number }): JSX.Element {
  const { room } = usePage();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const thread = room.state.value.thread?.root === root ? room.state.value.thread : null;

  useEffect(() => {
    if (scroller.current === null || list.current === null) return;
    const keeper = new ScrollKeeper(scroller.current, list.current, (place) => {
      if (place.isAtEnd) void room.history.laterInThread();
    });
    return () => keeper.stop();
  }, []);

  // A fresh state of the room has no threads.
  const isMissing = thread === null && room.history.loading.value.size === 0 && room.history.complaint.value === null;
  useEffect(() => {
    if (isMissing) void room.history.openThread(root);
  }, [isMissing, root]);

  return (
    <Paper title={t("Thread")}>
      <div class="chat-scroll" ref={scroller}>
        <div class="chat-all">
          <ul class="chat top" ref={list} onKeyDown={moveFocus}>
            {thread === null ? <Waiting root={root} /> : <Replies root={root} seqs={thread.seqs} />}
            <Pending root={root} />
          </ul>
        </div>
      </div>
      <Composer root={root} />
    </Paper>
  );
}

function Replies({ root, seqs }: { root: number; seqs: readonly number[] }): JSX.Element {
  const { room, ui } = usePage();
  const cards = messagesAt(room.state.value, seqs);
  const current = cards.some((card) => card.seq === ui.current.value.thread) ? ui.current.value.thread : cards.at(-1)?.seq;
  const rows = rowsOf(cards, null).filter((row) => row.kind === "message");
  return (
    <>
      {rows.map(({ card, key, isContinued }) => (
        <li key={key} data-seq={card.seq}>
          <Message card={card} place="thread" isContinued={isContinued && card.seq !== root} isCurrent={card.seq === current} />
          {card.seq === root && (
            <p class="fence">{card.replies === 0 ? t("No replies yet") : tn("{n} reply", "{n} replies", card.replies)}</p>
          )}
        </li>
      ))}
    </>
  );
}

function Waiting({ root }: { root: number }): JSX.Element {
  const { room } = usePage();
  const complaint = room.history.complaint.value;
  if (complaint !== null) {
    return (
      <li class="bad-t">
        {complaint}{" "}
        <button class="link-btn" type="button" onClick={() => void room.history.openThread(root)}>
          {t("Try again")}
        </button>
      </li>
    );
  }
  return (
    <li>
      <div class="skel">
        <i />
        <i />
        <i />
      </div>
      <span class="vh">{t("Loading the thread…")}</span>
    </li>
  );
}
