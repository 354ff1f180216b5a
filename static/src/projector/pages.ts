// What the big screen shows one after the other: what runs first, then what comes, then what waits.

import { columns, isOffered, type WallCards } from "../openspace/board";
import { phaseOf } from "../openspace/clock";
import type { SlotCard, SpaceCard } from "../openspace/types";

export type Screen =
  | { readonly kind: "slot"; readonly slot: SlotCard; readonly spaces: readonly SpaceCard[]; readonly part: number; readonly of: number }
  | { readonly kind: "waiting"; readonly topics: readonly number[]; readonly part: number; readonly of: number };

/** Sheets that can be read from the last row of chairs. */
export const ON_A_SCREEN = 8;

/** Never empty while there is a slot or a topic: a slot without topics is shown with its free spaces. */
export function screensOf(board: WallCards): Screen[] {
  const { slots, topics } = board;
  const running = slots.filter((slot) => phaseOf(slot) === "running");
  const toCome = slots.filter((slot) => phaseOf(slot) === "to_come" && slot.kind === "round");
  const over = slots.filter((slot) => phaseOf(slot) === "over");
  const shown = running.length + toCome.length > 0 ? [...running, ...toCome] : over;
  const waiting = topics.filter((topic) => isOffered(topic) && topic.places.length === 0).map(({ id }) => id);
  const spaces = columns(board);
  return [
    ...shown.flatMap((slot) => partsOf(spacesFor(board, slot, spaces)).map((some, at, all) => slotScreen(slot, some, at, all.length))),
    ...partsOf(waiting).map((some, at, all): Screen => ({ kind: "waiting", topics: some, part: at + 1, of: all.length })),
  ];
}

function slotScreen(slot: SlotCard, spaces: readonly SpaceCard[], at: number, of: number): Screen {
  return { kind: "slot", slot, spaces, part: at + 1, of };
}

/** Spaces with a topic; where there is none at all, every space, to show that there is room. */
function spacesFor({ topics }: WallCards, slot: SlotCard, spaces: readonly SpaceCard[]): readonly SpaceCard[] {
  const used = new Set(topics.filter(isOffered).flatMap((topic) => topic.places.filter((place) => place.slot === slot.id).map((place) => place.space)));
  const taken = spaces.filter((space) => used.has(space.id));
  return taken.length > 0 ? taken : spaces.slice(0, ON_A_SCREEN);
}

function partsOf<Item>(items: readonly Item[]): Item[][] {
  const parts = Math.ceil(items.length / ON_A_SCREEN);
  return Array.from({ length: parts }, (_, at) => items.slice(at * ON_A_SCREEN, (at + 1) * ON_A_SCREEN));
}
