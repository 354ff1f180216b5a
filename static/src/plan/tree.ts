// What stands under what, and where an item can go from its place.

import { t } from "../i18n";
import type { ItemCard, Kind } from "./types";

const DEEPEST = 6;
const LEAVES: readonly Kind[] = ["indicator", "risk", "assumption"];

export interface Row {
  readonly item: ItemCard;
  /** From 0. */
  readonly depth: number;
}

/** All that was not taken out, in the order of reading. */
export function rowsOf(items: readonly ItemCard[]): readonly Row[] {
  const present = items.filter(({ removed_at }) => removed_at === null);
  const rows: Row[] = [];
  const walk = (parent: number | null, depth: number) => {
    for (const item of childrenOf(present, parent)) {
      rows.push({ item, depth });
      if (depth < DEEPEST) walk(item.id, depth + 1);
    }
  };
  walk(null, 0);
  return rows;
}

export function childrenOf(present: readonly ItemCard[], parent: number | null): readonly ItemCard[] {
  const ids = new Set(present.map(({ id }) => id));
  const above = ({ parent: its }: ItemCard) => (its !== null && ids.has(its) ? its : null);
  return present.filter((item) => above(item) === parent).sort((one, other) => one.position - other.position || one.id - other.id);
}

export type Way = "up" | "down" | "in" | "out";

export interface Goal {
  readonly parent: number | null;
  readonly position: number;
}

/** Where `item.move` brings it, or why it cannot go there. */
export function goalOf(items: readonly ItemCard[], item: ItemCard, way: Way): Goal | string {
  const present = items.filter(({ removed_at }) => removed_at === null);
  const parent = present.find(({ id }) => id === item.parent) ?? null;
  const siblings = childrenOf(present, parent?.id ?? null);
  const at = siblings.findIndex(({ id }) => id === item.id);
  const above = siblings[at - 1];
  switch (way) {
    case "up":
      return above === undefined ? t("It is the first here.") : { parent: parent?.id ?? null, position: at - 1 };
    case "down":
      return at + 1 === siblings.length ? t("It is the last here.") : { parent: parent?.id ?? null, position: at + 1 };
    case "in":
      if (above === undefined) return t("There is nothing above it to stand under.");
      if (LEAVES.includes(above.kind)) return t("Nothing can stand under an indicator, a risk or an assumption.");
      return { parent: above.id, position: childrenOf(present, above.id).length };
    case "out": {
      if (parent === null) return t("It stands under nothing.");
      const grand = present.find(({ id }) => id === parent.parent) ?? null;
      const place = childrenOf(present, grand?.id ?? null).findIndex(({ id }) => id === parent.id);
      return { parent: grand?.id ?? null, position: place + 1 };
    }
  }
}
