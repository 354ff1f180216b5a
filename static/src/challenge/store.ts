// (state, event) → state of a challenge: what the server would give to somebody who opens it now.

import type { ChallengeCard, ChallengeEvent } from "./types";

export interface ChallengeState extends ChallengeCard {
  /** The last event that is in here. */
  readonly head: number;
}

export function challengeState(card: ChallengeCard, head: number): ChallengeState {
  return { ...card, head };
}

export function challengeCard({ head: _head, ...card }: ChallengeState): ChallengeCard {
  return card;
}

export function reduceAll(state: ChallengeState, events: readonly ChallengeEvent[]): ChallengeState {
  return events.reduce(reduce, state);
}

/** An event that is in the state already changes nothing. One that is not known changes nothing but the head. */
export function reduce(state: ChallengeState, event: ChallengeEvent): ChallengeState {
  if (event.seq <= state.head) return state;
  return { ...applied(state, event), head: event.seq };
}

function applied(state: ChallengeState, event: ChallengeEvent): ChallengeState {
  switch (event.name) {
    case "challenge.changed": {
      const { field, value, revision } = event.data;
      return {
        ...state,
        [field]: value,
        revisions: { ...state.revisions, [field]: revision },
        editors: { ...state.editors, [field]: event.by ?? 0 },
      };
    }
    case "challenge.moved": {
      const { step, ...moved } = event.data;
      return { ...state, ...moved, steps: [...state.steps, step] };
    }
    case "challenge.tagged":
      return { ...state, tags: event.data.tags };
    case "challenge.attached":
      return { ...state, files: [...state.files, event.data.file] };
    case "challenge.detached":
      return { ...state, files: state.files.filter(({ id }) => id !== event.data.file) };
    default:
      return state;
  }
}

/** Whether the person may run this command now: `change`, `submit` … */
export function may(state: ChallengeState, command: string): boolean {
  return (state.author && state.open.author.includes(command)) || (state.facilitator && state.open.facilitator.includes(command));
}
