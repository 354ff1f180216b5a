// The messages with what stands between them: days, and the line above what is new.

import { dayOf } from "../i18n";
import type { MessageCard, PollCard } from "./types";

export type Row =
  | { readonly kind: "day"; readonly key: string; readonly at: string; readonly isFirst: boolean }
  | { readonly kind: "new"; readonly key: "new"; readonly since: string | null }
  | { readonly kind: "poll"; readonly key: string; readonly poll: PollCard }
  | { readonly kind: "message"; readonly key: string; readonly card: MessageCard; readonly isContinued: boolean };

/** Messages of one person within this time stand under one name. Milliseconds. */
const SAME_BREATH = 5 * 60_000;

/**
 * Polls that are closed stand where they were closed. `seqs` are those of the messages shown; where there are
 * more messages on either side, polls from there are not shown yet.
 */
export function pollsWithin(
  polls: readonly PollCard[],
  { seqs, hasEarlier, hasLater }: { seqs: readonly number[]; hasEarlier: boolean; hasLater: boolean },
): readonly PollCard[] {
  const first = hasEarlier ? (seqs[0] ?? Infinity) : 0;
  const last = hasLater ? (seqs.at(-1) ?? 0) : Infinity;
  return polls.filter(({ closed_seq: seq }) => seq !== null && first < seq && seq < last);
}

/** The line "new since": it stands above the message `seq`; `since` is when the person last read. */
export interface Fence {
  readonly seq: number;
  readonly since: string | null;
}

/** `polls` are closed and in their order, as the messages are. */
export function rowsOf(cards: readonly MessageCard[], fence: Fence | null, polls: readonly PollCard[] = []): Row[] {
  const rows: Row[] = [];
  const left = [...polls];
  const putPollsBefore = (seq: number) => {
    const count = left.findIndex(({ closed_seq }) => (closed_seq ?? 0) > seq);
    const passed = left.splice(0, count === -1 ? left.length : count);
    rows.push(...passed.map((poll) => ({ kind: "poll", key: `poll-${poll.id}`, poll }) as const));
  };
  let before: MessageCard | null = null;
  for (const card of cards) {
    putPollsBefore(card.seq);
    const isNewDay = before === null || dayOf(before.at) !== dayOf(card.at);
    if (isNewDay) rows.push({ kind: "day", key: `day-${card.seq}`, at: card.at, isFirst: before === null });
    const isFirstNew = fence !== null && card.seq === fence.seq;
    if (isFirstNew) rows.push({ kind: "new", key: "new", since: fence.since });
    const isAfterMessage = rows.at(-1)?.kind === "message";
    const isContinued = isAfterMessage && before !== null && isSameBreath(before, card);
    rows.push({ kind: "message", key: `m${card.seq}`, card, isContinued });
    before = card;
  }
  putPollsBefore(Infinity);
  return rows;
}

function isSameBreath(before: MessageCard, card: MessageCard): boolean {
  const isPlain = before.removed === null && card.removed === null && card.root === null && before.root === null;
  return isPlain && before.by === card.by && Date.parse(card.at) - Date.parse(before.at) < SAME_BREATH;
}
