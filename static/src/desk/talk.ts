// What the desk knows beside the gathering: it counts what the cohort's stream tells of the rooms, and asks the
// server where a signal does not say enough, or may have been lost.

import { signal } from "@preact/signals";
import type { Live } from "../live/protocol";
import type { GatheringModel } from "../openspace/model";
import type { Activity } from "../room/types";
import { type DeskCard, heard, isAboutHands, movedTo } from "./pace";

/** Milliseconds. */
const ASK_AGAIN = 60_000;
const GATHER = 400;

export class Talk {
  readonly desk;
  readonly #url: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(live: Live, gathering: GatheringModel, cohort: string, card: DeskCard, url: string) {
    this.desk = signal(card);
    this.#url = url;
    live.follow(`cohort:${cohort}`, {
      renew: () => {},
      apply: () => {},
      signal: (name, _by, data) => {
        if (name === "activity") this.#hear(data as Activity, live.now());
      },
    });
    gathering.onEvents.add((events) => {
      for (const event of events) {
        if (event.name === "person.moved") this.desk.value = movedTo(this.desk.value, event.data.person, event.data.space);
        if (event.name === "space.set" || event.name === "call.made") this.#askSoon(GATHER);
      }
    });
    this.#askSoon(ASK_AGAIN);
  }

  #hear(activity: Activity, now: number): void {
    this.desk.value = heard(this.desk.value, activity, now);
    if (isAboutHands(activity)) this.#askSoon(GATHER);
  }

  #askSoon(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), milliseconds);
  }

  async #ask(): Promise<void> {
    try {
      const response = await fetch(this.#url, { credentials: "same-origin" });
      if (response.ok) this.desk.value = (await response.json()) as DeskCard;
    } catch {
      // Without a connection the next minute asks again; the page says that it is lost.
    }
    this.#askSoon(ASK_AGAIN);
  }
}
