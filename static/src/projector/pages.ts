// What the big screen shows one after the other: who speaks, then what the stage is about.

import { columns, isOffered } from "../openspace/board";
import { isLate, phaseOf, slotsOver } from "../openspace/clock";
import type { GatheringStateCard, SlotCard, SpaceCard } from "../openspace/types";

/** `ids`: of topics; of actions; of the persons who said a word. */
export type ListKind = "waiting" | "ballot" | "results" | "actions" | "words";

export type Screen =
  | { readonly kind: "circle" }
  | { readonly kind: "slot"; readonly slot: SlotCard; readonly spaces: readonly SpaceCard[]; readonly part: number; readonly of: number }
  | { readonly kind: ListKind; readonly ids: readonly number[]; readonly part: number; readonly of: number };

export type ScreenCards = Pick<GatheringStateCard, "gathering" | "spaces" | "slots" | "topics" | "actions" | "words">;

/** Sheets that can be read from the last row of chairs. */
export const ON_A_SCREEN = 8;

/** Never empty while there is a slot or a topic: a slot without topics is shown with its free spaces. */
export function screensOf(board: ScreenCards): Screen[] {
  const circle: Screen[] = board.gathering.circle === null ? [] : [{ kind: "circle" }];
  const shown = [...circle, ...(isLate(board.gathering.stage) ? outcomes(board) : [])];
  return shown.length > 0 && isLate(board.gathering.stage) ? shown : [...shown, ...wall(board)];
}

/** What came out, once the rounds are left. */
function outcomes({ gathering, topics, actions, words }: ScreenCards): Screen[] {
  const { voting, results } = gathering;
  const points = (id: number) => results?.[id] ?? 0;
  const open = topics.filter((topic) => isOffered(topic) && !topic.did_not_happen).map(({ id }) => id);
  const ranked = topics.filter(({ id }) => points(id) > 0).sort((one, other) => points(other.id) - points(one.id) || one.number - other.number);
  return [
    ...(voting === "open" ? listed("ballot", open) : []),
    ...(voting === "closed" ? listed("results", ranked.map(({ id }) => id)) : []),
    ...listed("actions", actions.map(({ id }) => id)),
    ...listed("words", words.map(({ id }) => id)),
  ];
}

/** What runs first, then what comes, then what waits. */
function wall(board: ScreenCards): Screen[] {
  const { gathering, slots, topics } = board;
  const over = slotsOver(gathering.stage, slots);
  const running = slots.filter((slot) => phaseOf(slot) === "running");
  const toCome = isLate(gathering.stage) ? [] : slots.filter((slot) => phaseOf(slot) === "to_come" && slot.kind === "round");
  const shown = running.length + toCome.length > 0 ? [...running, ...toCome] : slots.filter(({ id }) => over.has(id));
  const waiting = topics.filter((topic) => isOffered(topic) && topic.places.length === 0).map(({ id }) => id);
  const spaces = columns(board);
  return [
    ...shown.flatMap((slot) => partsOf(spacesFor(board, slot, spaces)).map((some, at, all) => slotScreen(slot, some, at, all.length))),
    ...listed("waiting", waiting),
  ];
}

function slotScreen(slot: SlotCard, spaces: readonly SpaceCard[], at: number, of: number): Screen {
  return { kind: "slot", slot, spaces, part: at + 1, of };
}

function listed(kind: ListKind, ids: readonly number[]): Screen[] {
  return partsOf(ids).map((some, at, all) => ({ kind, ids: some, part: at + 1, of: all.length }));
}

/** Spaces with a topic; where there is none at all, every space, to show that there is room. */
function spacesFor({ topics }: ScreenCards, slot: SlotCard, spaces: readonly SpaceCard[]): readonly SpaceCard[] {
  const used = new Set(topics.filter(isOffered).flatMap((topic) => topic.places.filter((place) => place.slot === slot.id).map((place) => place.space)));
  const taken = spaces.filter((space) => used.has(space.id));
  return taken.length > 0 ? taken : spaces.slice(0, ON_A_SCREEN);
}

function partsOf<Item>(items: readonly Item[]): Item[][] {
  const parts = Math.ceil(items.length / ON_A_SCREEN);
  return Array.from({ length: parts }, (_, at) => items.slice(at * ON_A_SCREEN, (at + 1) * ON_A_SCREEN));
}
