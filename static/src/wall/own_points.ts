// My points in the vote: changed at once, saved a moment later, all together.

import { type ReadonlySignal, computed, signal } from "@preact/signals";
import type { GatheringModel } from "../openspace/model";

const SAVE_AFTER = 500;

type Points = Readonly<Record<string, number>>;

export class OwnPoints {
  readonly state = signal<"loading" | "failed" | "idle" | "saving" | "saved">("loading");
  readonly left: ReadonlySignal<number>;
  readonly #gathering: GatheringModel;
  readonly #url: string;
  readonly #points = signal<Points>({});
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(gathering: GatheringModel, url: string) {
    this.#gathering = gathering;
    this.#url = url;
    this.left = computed(() => gathering.card.value.points_each - Object.values(this.#points.value).reduce((sum, n) => sum + n, 0));
  }

  of(topic: number): ReadonlySignal<number> {
    return computed(() => this.#points.value[topic] ?? 0);
  }

  /**
   * From the server: nobody else is told them, so they are not in the state of the gathering. Whoever could not read
   * their points gives none: each change replaces all that was saved before.
   */
  async load(): Promise<void> {
    this.state.value = "loading";
    try {
      const response = await fetch(this.#url);
      if (!response.ok) throw new Error(`${response.status}`);
      this.#points.value = ((await response.json()) as { points: Points }).points;
      this.state.value = "idle";
    } catch {
      this.state.value = "failed";
    }
  }

  give(topic: number, change: 1 | -1): void {
    if (this.state.value === "loading" || this.state.value === "failed") return;
    const n = (this.#points.value[topic] ?? 0) + change;
    if (n < 0 || (change > 0 && this.left.value <= 0)) return;
    this.#points.value = { ...this.#points.value, [topic]: n };
    this.state.value = "saving";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), SAVE_AFTER);
  }

  async #save(): Promise<void> {
    const points = Object.fromEntries(Object.entries(this.#points.value).filter(([, n]) => n > 0));
    const answer = await this.#gathering.commands.do("vote.cast", { points });
    if (answer.isDone) this.state.value = "saved";
    else await this.load();
  }
}
