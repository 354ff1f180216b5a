// The messages with what stands between them: days, and the line above what is new.

import { dayOf } from "../i18n";
import type { MessageCard } from "./types";

export type Row =
  | { readonly kind: "day"; readonly key: string; readonly at: string; readonly isFirst: boolean }
  | { readonly kind: "new"; readonly key: "new"; readonly since: string | null }
  | { readonly kind: "message"; readonly key: string; readonly card: MessageCard; readonly isContinued: boolean };

/** Messages of one person within this time stand under one name. Milliseconds. */
const SAME_BREATH = 5 * 60_000;

/** The line "new since": it stands above the message `seq`; `since` is when the person last read. */
export interface Fence {
  readonly seq: number;
  readonly since: string | null;
}

export function rowsOf(cards: readonly MessageCard[], fence: Fence | null): Row[] {
  const rows: Row[] = [];
  let before: MessageCard | null = null;
  for (const card of cards) {
    const isNewDay = before === null || dayOf(before.at) !== dayOf(card.at);
    if (isNewDay) rows.push({ kind: "day", key: `day-${card.seq}`, at: card.at, isFirst: before === null });
    const isFirstNew = fence !== null && card.seq === fence.seq;
    if (isFirstNew) rows.push({ kind: "new", key: "new", since: fence.since });
    const isContinued = !isNewDay && !isFirstNew && before !== null && isSameBreath(before, card);
    rows.push({ kind: "message", key: `m${card.seq}`, card, isContinued });
    before = card;
  }
  return rows;
}

function isSameBreath(before: MessageCard, card: MessageCard): boolean {
  const isPlain = before.removed === null && card.removed === null && card.root === null && before.root === null;
  return isPlain && before.by === card.by && Date.parse(card.at) - Date.parse(before.at) < SAME_BREATH;
}
