// The page's title counts the rooms in which something is new.

import { effect } from "@preact/signals";

/** `count` reads signals. */
export function countInTitle(count: () => number): void {
  const { title } = document;
  effect(() => {
    const n = count();
    document.title = n > 0 ? `(${n}) ${title}` : title;
  });
}
