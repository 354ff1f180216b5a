// How long a text is, once that matters.

import type { JSX } from "preact";
import { formatNumber, t } from "../../i18n";
import { LONGEST_TEXT } from "../composing/composition";

/** From here on the text is counted before the person's eyes. */
const NEAR_LIMIT = 300;

/** Near the limit, how much is left; over it, how much is too much. The server decides. */
export function Count({ id, length }: { id: string; length: number }): JSX.Element {
  const left = LONGEST_TEXT - length;
  return (
    <p id={id} class={left < 0 ? "composer-hint micro bad-t" : "composer-hint micro"} hidden={left > NEAR_LIMIT}>
      {left <= NEAR_LIMIT && t("{n} of {limit} characters", { n: formatNumber(length), limit: formatNumber(LONGEST_TEXT) })}
    </p>
  );
}
