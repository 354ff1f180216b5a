// The rows of the log: messages, days, and the line above what is new.

import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { formatDay, formatSince, t } from "../../i18n";
import { messagesAt } from "../store";
import { type Row, pollsWithin, rowsOf } from "../timeline";
import { Message } from "./Message";
import { ClosedPoll } from "./Poll";
import { usePage } from "./context";

export function Rows(): JSX.Element {
  const { room, ui } = usePage();
  const span = useComputed(() => room.state.value.past ?? room.state.value.tail);
  const cards = useComputed(() => messagesAt(room.state.value, span.value.seqs));
  const polls = useComputed(() => pollsWithin(room.state.value.polls, span.value));
  const rows = useComputed(() => rowsOf(cards.value, room.fence.fence.value, polls.value));
  const lastOwn = useComputed(() => {
    const last = cards.value.at(-1);
    return last?.by === room.me && last.removed === null ? last.seq : undefined;
  });
  const current = ui.current.value.log;
  const shown = cards.value.some((card) => card.seq === current) ? current : cards.value.at(-1)?.seq;
  if (rows.value.length === 0) return <Empty />;
  return (
    <>
      {rows.value.map((row) => (
        <Line key={row.key} row={row} current={shown} lastOwn={lastOwn.value} />
      ))}
    </>
  );
}

interface LineProps {
  row: Row;
  current: number | null | undefined;
  lastOwn: number | undefined;
}

function Line({ row, current, lastOwn }: LineProps): JSX.Element {
  switch (row.kind) {
    case "day":
      return <li class="fence">{row.isFirst ? `${formatDay(row.at)} · ${zoneName()}` : formatDay(row.at)}</li>;
    case "new":
      return (
        <li class="fence new" data-fence>
          {row.since === null ? t("New") : t("New since {time}", { time: formatSince(row.since) })}
        </li>
      );
    case "poll":
      return (
        <li>
          <ClosedPoll poll={row.poll} />
        </li>
      );
    case "message":
      return (
        <li data-seq={row.card.seq}>
          <Message
            card={row.card}
            place="log"
            isContinued={row.isContinued}
            isCurrent={row.card.seq === current}
            isLastOwn={row.card.seq === lastOwn}
          />
        </li>
      );
  }
}

/** "Warsaw time": the times below are the reader's. */
function zoneName(): string {
  return document.documentElement.dataset["zoneName"] ?? "";
}

function Empty(): JSX.Element {
  const { room } = usePage();
  return (
    <li class="empty">
      <p>{room.rights.value.post ? t("Nobody has written here yet. Begin with one question or one case.") : t("Nobody has written here.")}</p>
    </li>
  );
}
