// The rooms of the cohort beside the one that is shown: how many people are in them, what is unread there.

import { computed, signal } from "@preact/signals";
import type { Following, Live } from "../live/protocol";
import type { Sent } from "../live/sender";
import type { StreamPhase } from "../live/stream";
import { Doors } from "./doors";
import { type CohortState, keepingPeople, noteActivity, reduceCohort, unreadRooms } from "./store";
import type { Activity, CohortEvent, CohortStateCard, ListedRoom, RoomKind } from "./types";

/** Milliseconds: everybody of the cohort hears that some list has changed, and not all ask at once. */
const ASK_WITHIN = 2_500;

export class Elsewhere {
  readonly cohort;
  readonly phase = signal<StreamPhase>("opening");
  readonly #following: Following;
  #asking: ReturnType<typeof setTimeout> | undefined;
  readonly rooms;
  /** The cohort is not the person's any more: its rooms do not open. */
  readonly isOver = computed(() => !["opening", "catching_up", "live"].includes(this.phase.value));
  /** How many rooms have something unread: the number in the page's title. */
  readonly unread;

  /** `inSight` is the room that the page shows; nothing there is unread. Null on the list of rooms. */
  constructor(live: Live, stream: string, card: CohortStateCard | null, inSight: number | null) {
    this.cohort = signal<CohortState | null>(card);
    this.rooms = computed<readonly ListedRoom[]>(() => this.cohort.value?.rooms.filter(({ id }) => id !== inSight) ?? []);
    this.unread = computed(() => (this.cohort.value === null ? 0 : unreadRooms({ ...this.cohort.value, rooms: this.rooms.value })));
    const hear = (activity: Activity) => {
      if (this.cohort.value !== null) this.cohort.value = noteActivity(this.cohort.value, activity, inSight);
    };
    const doors = new Doors(live, hear);
    this.#following = live.follow<CohortStateCard, CohortEvent>(stream, {
      phase: (phase) => {
        this.phase.value = phase;
      },
      renew: (state) => {
        this.cohort.value = keepingPeople(this.cohort.value, state);
        doors.follow(state);
      },
      apply: (events) => {
        if (this.cohort.value !== null) this.cohort.value = events.reduce(reduceCohort, this.cohort.value);
        if (events.some(({ name }) => name === "rooms.changed")) this.#askSoon();
      },
      signal: (name, _by, data) => {
        if (name === "activity") hear(data as Activity);
      },
    });
  }

  #askSoon(): void {
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => this.#following.refresh(), Math.random() * ASK_WITHIN);
  }

  /** Throws OutboxFull; `done` rejects with CommandRefused. */
  openRoom(data: { name: string; title: string; language: string; kind: RoomKind }): Sent {
    return this.#following.send("room.open", data);
  }
}
