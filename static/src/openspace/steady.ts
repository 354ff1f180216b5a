// A list that is worked out anew with every change of the state, and is the same object as long as its items
// are: what reads it is not drawn again for nothing.

import { type ReadonlySignal, computed } from "@preact/signals";

export function steady<Item>(
  read: () => readonly Item[],
  isSame: (one: Item, other: Item) => boolean = Object.is,
): ReadonlySignal<readonly Item[]> {
  let held: readonly Item[] = [];
  return computed(() => {
    const next = read();
    const isUnchanged = next.length === held.length && next.every((item, at) => isSame(item, held[at] as Item));
    if (!isUnchanged) held = next;
    return held;
  });
}

/** Makes a thing once for each key. */
export function kept<Key, Value>(held: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = held.get(key);
  if (found !== undefined) return found;
  const made = make();
  held.set(key, made);
  return made;
}
