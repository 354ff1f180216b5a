// The rooms of the cohort beside the one that is shown: how many people are in them, what is unread there.

import { computed, signal } from "@preact/signals";
import type { Following, Live } from "../live/protocol";
import type { Sent } from "../live/sender";
import type { StreamPhase } from "../live/stream";
import { type CohortState, noteActivity, reduceCohort, unreadRooms } from "./store";
import type { Activity, CohortEvent, CohortStateCard, ListedRoom, RoomKind } from "./types";

export class Elsewhere {
  readonly cohort;
  readonly phase = signal<StreamPhase>("opening");
  readonly #following: Following;
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
    this.#following = live.follow<CohortStateCard, CohortEvent>(stream, {
      phase: (phase) => {
        this.phase.value = phase;
      },
      renew: (state) => {
        this.cohort.value = state;
      },
      apply: (events) => {
        if (this.cohort.value !== null) this.cohort.value = events.reduce(reduceCohort, this.cohort.value);
      },
      signal: (name, _by, data) => {
        if (name !== "activity" || this.cohort.value === null) return;
        this.cohort.value = noteActivity(this.cohort.value, data as Activity, inSight);
      },
    });
  }

  /** Throws OutboxFull; `done` rejects with CommandRefused. */
  openRoom(data: { name: string; title: string; language: string; kind: RoomKind }): Sent {
    return this.#following.send("room.open", data);
  }
}
