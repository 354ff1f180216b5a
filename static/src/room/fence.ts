// The line "new since": it stands above the first message that came while the person was not reading.

import { signal } from "@preact/signals";
import { type RoomState, firstUnread, messagesAt } from "./store";
import type { Fence } from "./timeline";

export type Absence = "hidden" | "offline";

export class FenceKeeper {
  readonly fence;
  /** Whether something came that the person, who looks elsewhere, has not seen. */
  readonly hasNews = signal(false);
  readonly #absences = new Set<Absence>();
  #mark: number;
  #since: string;

  constructor(state: RoomState) {
    this.fence = signal<Fence | null>(fenceOf(state));
    this.#mark = state.read;
    this.#since = "";
  }

  away(why: Absence, state: RoomState, at: string): void {
    if (this.#absences.size === 0) {
      this.#mark = state.tail.seqs.at(-1) ?? 0;
      this.#since = at;
    }
    this.#absences.add(why);
  }

  back(why: Absence): void {
    this.#absences.delete(why);
    if (why === "hidden") this.hasNews.value = false;
  }

  /** Something came. An older line stays until there is a reason for a new one. */
  came(state: RoomState): void {
    const isSet = this.fence.value !== null && this.fence.value.seq > this.#mark;
    if (this.#absences.size === 0 || isSet) return;
    const seq = firstUnread(state, this.#mark);
    if (seq === null) return;
    this.fence.value = { seq, since: this.#since };
    this.hasNews.value = this.#absences.has("hidden");
  }

  /** A fresh state, after a long absence. */
  renewed(state: RoomState): void {
    this.fence.value = fenceOf(state);
  }
}

/** By the read marker; the time is that of the last message that was read. */
function fenceOf(state: RoomState): Fence | null {
  const seq = firstUnread(state, state.read);
  if (seq === null) return null;
  const read = messagesAt(state, state.tail.seqs).findLast((card) => card.seq <= state.read);
  return { seq, since: read?.at ?? null };
}
