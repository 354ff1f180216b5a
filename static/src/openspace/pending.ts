// What the person did and the server has not confirmed yet, laid over the state. Only what can hardly be
// refused is shown before: interest and moves. A placement waits for its answer: somebody may be faster.

import type { OutboxItem } from "../live/outbox";
import { applied, type GatheringState } from "./store";
import type { GatheringEvent, TopicWords } from "./types";

export interface PendingTopic {
  readonly item: OutboxItem;
  readonly words: TopicWords;
}

export function withPending(state: GatheringState, items: readonly OutboxItem[]): GatheringState {
  return items
    .filter((item) => item.state !== "not_sent" && !isSettled(state, item))
    .flatMap((item) => expected(state, item) ?? [])
    .reduce(applied, state);
}

/** My topics on their way to the wall, and those that were refused. */
export function pendingTopics(state: GatheringState, items: readonly OutboxItem[]): PendingTopic[] {
  return items
    .filter((item) => item.name === "topic.propose" && !isSettled(state, item))
    .map((item) => ({ item, words: item.data as TopicWords }));
}

function isSettled(state: GatheringState, item: OutboxItem): boolean {
  return item.seq !== null && item.seq <= state.head;
}

function expected({ head: seq, me: by }: GatheringState, item: OutboxItem): GatheringEvent | null {
  const stamp = { seq, by, at: new Date(item.at).toISOString() };
  const { topic, space } = item.data as { topic: number; space: number | null };
  switch (item.name) {
    case "interest.mark":
      return { ...stamp, name: "interest.marked", data: { topic, person: by } };
    case "interest.unmark":
      return { ...stamp, name: "interest.unmarked", data: { topic, person: by } };
    case "person.move":
      return { ...stamp, name: "person.moved", data: { person: by, space } };
    default:
      return null;
  }
}
