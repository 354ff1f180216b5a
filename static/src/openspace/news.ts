// News are announced while they are new; after that they stay in the list of news only.

import type { NewsCard } from "./types";

/** Milliseconds. */
const NEW = 20 * 60_000;

/** The newest, while it is to be announced; `now` in milliseconds by the server's clock. */
export function announced(news: readonly NewsCard[], now: number): NewsCard | undefined {
  const newest = news.at(-1);
  return newest !== undefined && now - Date.parse(newest.at) < NEW ? newest : undefined;
}
