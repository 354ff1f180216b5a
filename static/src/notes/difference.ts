// What somebody did to a text, found by comparing it with the text before.

/** At `at`, so many UTF-16 units went, and these letters came in their place. */
export interface Change {
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

/**
 * The smallest change that makes `after` of `before`; null when they are the same. `caret` tells which of
 * several equal letters is new: whoever types stands behind it.
 */
export function difference(before: string, after: string, caret: number): Change | null {
  if (before === after) return null;
  const byCaret = changeBetween(before, after, after.length - caret);
  const free = changeBetween(before, after, Infinity);
  // A correction by the browser may be far from the caret.
  return sizeOf(byCaret) > sizeOf(free) ? free : byCaret;
}

function changeBetween(before: string, after: string, longestEnd: number): Change {
  const shorter = Math.min(before.length, after.length);
  let end = 0;
  while (end < Math.min(shorter, longestEnd) && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  let start = 0;
  while (start < shorter - end && before[start] === after[start]) start += 1;
  // Never half of a letter: some are two units long.
  while (start > 0 && isSecondHalf(before, start, after)) start -= 1;
  while (end > 0 && (isSecondHalf(before, before.length - end) || isSecondHalf(after, after.length - end))) end -= 1;
  return { at: start, removed: before.length - end - start, inserted: after.slice(start, after.length - end) };
}

function isSecondHalf(text: string, at: number, other = text): boolean {
  return [text, other].some((each) => {
    const unit = each.charCodeAt(at);
    return unit >= 0xdc00 && unit <= 0xdfff;
  });
}

function sizeOf({ removed, inserted }: Change): number {
  return removed + inserted.length;
}
