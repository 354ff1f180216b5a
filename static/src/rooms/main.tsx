// Brings the list of rooms to life: people, unread messages and states, as they change.

import { signal } from "@preact/signals";
import { render } from "preact";
import { browserPorts } from "../live/browser";
import { Live } from "../live/protocol";
import type { ConnectionStatus } from "../live/types";
import { Elsewhere } from "../room/elsewhere";
import { countInTitle } from "../room/title";
import { RoomList } from "./RoomList";

function begin(cohorts: readonly HTMLElement[], person: number): void {
  const live = new Live(person, browserPorts());
  const connection = signal<ConnectionStatus>(live.status);
  live.onStatus((status) => (connection.value = status));
  const lists = cohorts.map((place) => ({ place, rooms: new Elsewhere(live, `cohort:${place.dataset["cohort"]}`, null, null) }));
  for (const { place, rooms } of lists) {
    const stop = rooms.cohort.subscribe((state) => {
      if (state === null) return;
      queueMicrotask(() => stop());
      place.replaceChildren();
      render(<RoomList rooms={rooms} connection={connection} retry={() => live.retryNow()} />, place);
    });
  }
  countInTitle(() => lists.reduce((sum, { rooms }) => sum + rooms.unread.value, 0));
  live.start();
}

const page = document.querySelector<HTMLElement>("[data-rooms]");
if (page !== null) begin([...page.querySelectorAll<HTMLElement>("[data-cohort]")], Number(page.dataset["person"]));
