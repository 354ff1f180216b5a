// The doors of the members' rooms: their activity is told to those alone who may come in.

import type { Following, Live } from "../live/protocol";
import type { Activity, CohortStateCard } from "./types";

/** A page follows a few streams beside these; who has more such rooms sees their news on the next page. */
const DOORS = 12;

export class Doors {
  readonly #live: Live;
  readonly #hear: (activity: Activity) => void;
  readonly #followed = new Map<string, Following>();

  constructor(live: Live, hear: (activity: Activity) => void) {
    this.#live = live;
    this.#hear = hear;
  }

  /** Follows the doors that this state of the cohort asks for, and no others. */
  follow(state: CohortStateCard): void {
    const wanted = new Set(doorsOf(state));
    for (const [name, following] of this.#followed) {
      if (wanted.has(name)) continue;
      following.close();
      this.#followed.delete(name);
    }
    for (const name of wanted) if (!this.#followed.has(name)) this.#followed.set(name, this.#open(name));
  }

  #open(name: string): Following {
    return this.#live.follow(name, {
      renew: () => {},
      apply: () => {},
      signal: (signal, _by, data) => {
        if (signal === "activity") this.#hear(data as Activity);
      },
    });
  }
}

/** Moderators hear of all members' rooms in one stream. */
export function doorsOf({ cohort, rooms, moderate }: CohortStateCard): readonly string[] {
  const own = rooms.filter(({ audience, state }) => audience === "members" && state !== "archived");
  if (moderate) return own.length > 0 ? [`moderators:${cohort.id}`] : [];
  return own.slice(0, DOORS).map(({ id }) => `door:${id}`);
}
