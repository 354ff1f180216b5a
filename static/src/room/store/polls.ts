// What events do to the polls of a room, and what I know of my own choice from the answer to my vote.

import type { PollCard, PollVoted, RoomEvent } from "../types";
import type { RoomState } from "./state";

/** `rooms/queries.py` keeps the same. */
const KEPT = 20;

type Polls = readonly PollCard[];

export function openPoll(polls: Polls, { by, at, data }: Extract<RoomEvent, { name: "poll.opened" }>): Polls {
  const { poll: id, question, options, multiple } = data;
  const counts = options.map(() => 0);
  const opened = { id, by: by ?? 0, at, question, options, multiple, counts, voters: 0, mine: [], closed_at: null, closed_seq: null };
  return [...polls, opened].slice(-KEPT);
}

export function countVotes(polls: Polls, { poll, counts, voters }: PollVoted): Polls {
  return changed(polls, poll, { counts, voters });
}

export function closePoll(polls: Polls, { seq, at, data }: Extract<RoomEvent, { name: "poll.closed" }>): Polls {
  return changed(polls, data.poll, { closed_at: at, closed_seq: seq });
}

/** My choice, as the server has answered. */
export function withMyChoice(state: RoomState, poll: number, mine: readonly number[]): RoomState {
  return { ...state, polls: changed(state.polls, poll, { mine }) };
}

export function openPollOf({ polls }: RoomState): PollCard | null {
  return polls.find((poll) => poll.closed_at === null) ?? null;
}

function changed(polls: Polls, id: number, changes: Partial<PollCard>): Polls {
  return polls.map((poll) => (poll.id === id ? { ...poll, ...changes } : poll));
}
