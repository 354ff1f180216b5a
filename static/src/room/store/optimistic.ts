// What the person did and the server has not confirmed yet, laid over the state.

import type { OutboxItem } from "../../live/outbox";
import type { FileCard, MessageCard, MessageEdited, PostData, RoomEvent } from "../types";
import { applyEvent, draftOf, settled } from "./reduce";
import type { RoomState } from "./state";

const EXCERPT = 120;

/** A message on its way, to be shown below the others with the word for its state. */
export interface PendingPost {
  readonly id: string;
  readonly item: OutboxItem;
  readonly text: string;
  readonly root: number | null;
  /** What the composer gave as `show`, for a message that carries files. */
  readonly files: readonly FileCard[];
}

/** The state with the changes to messages that are under way: reactions, edits, removals, pins. */
export function withPending(state: RoomState, items: readonly OutboxItem[]): RoomState {
  const events = items.filter((item) => isUnderWay(state, item)).flatMap((item) => expectedEvent(state, item) ?? []);
  if (events.length === 0) return state;
  const draft = draftOf(state);
  for (const event of events) applyEvent(draft, event);
  return settled(state, draft);
}

/** The messages on their way, without those whose event has come before their answer. */
export function pendingPosts(state: RoomState, items: readonly OutboxItem[]): PendingPost[] {
  const arrived = new Set<number>();
  return items
    .filter((item) => item.name === "message.post" && !hasArrived(state, item, arrived))
    .map((item) => {
      const { text, root } = item.data as PostData;
      return { id: item.id, item, text, root: root ?? null, files: filesIn(item.show) };
    });
}

function isUnderWay(state: RoomState, item: OutboxItem): boolean {
  return item.state !== "not_sent" && !(item.seq !== null && item.seq <= state.head);
}

function expectedEvent(state: RoomState, item: OutboxItem): RoomEvent | null {
  const stamp = { seq: state.head, at: new Date(item.at).toISOString(), by: state.me };
  const data = item.data as never;
  switch (item.name) {
    case "reaction.add":
      return { ...stamp, name: "reaction.added", data };
    case "reaction.remove":
      return { ...stamp, name: "reaction.removed", data };
    case "hand.raise":
      return { ...stamp, name: "hand.raised", data: { person: state.me } };
    case "hand.lower":
      return { ...stamp, name: "hand.lowered", data: { person: state.me, ...item.data } as never };
    case "message.pin":
      return { ...stamp, name: "message.pinned", data: { card: null, ...item.data } as never };
    case "message.unpin":
      return { ...stamp, name: "message.unpinned", data };
    case "message.set_language":
      return { ...stamp, name: "message.language_set", data };
    case "message.remove":
      return { ...stamp, name: "message.removed", data: { reason: "", ...item.data } as never };
    case "message.edit":
      return { ...stamp, name: "message.edited", data: editedData(state, item) };
    default:
      return null;
  }
}

/** Plain until the server has read the Markdown. */
function editedData(state: RoomState, item: OutboxItem): MessageEdited {
  const { message, text } = item.data as { message: number; text: string };
  const card = state.known.get(message);
  const excerpt = Array.from(text.replace(/\s+/gu, " ").trim()).slice(0, EXCERPT).join("");
  return { message, text, lang: card?.lang ?? "", doc: null, mentions: card?.mentions ?? [], excerpt };
}

/**
 * The event of a command may come before its `done`. It carries no command id, so until then a message of
 * mine with the same words, newer than the command, is taken for it; each only once.
 */
function hasArrived(state: RoomState, item: OutboxItem, arrived: Set<number>): boolean {
  if (item.seq !== null) return item.seq <= state.head;
  if (item.state !== "sending") return false;
  const { text, root } = item.data as PostData;
  const isIt = (card: MessageCard | undefined) =>
    card?.by === state.me &&
    card.seq > item.after &&
    !arrived.has(card.seq) &&
    card.text.trim() === text.trim() &&
    card.root === (root ?? null);
  const match = state.tail.seqs.find((seq) => isIt(state.known.get(seq)));
  if (match !== undefined) arrived.add(match);
  return match !== undefined;
}

function filesIn(show: unknown): readonly FileCard[] {
  return (show as { files?: readonly FileCard[] } | null)?.files ?? [];
}
