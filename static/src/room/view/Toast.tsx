// A short word at the edge of the page; it goes by itself.

import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { Icon } from "./marks";

export function Toast({ text }: { text: ReadonlySignal<string | null> }): JSX.Element {
  return (
    <div class="toasts" role="status">
      {text.value !== null && (
        <p class="toast">
          <Icon name="info" />
          <bdi>{text.value}</bdi>
        </p>
      )}
    </div>
  );
}
