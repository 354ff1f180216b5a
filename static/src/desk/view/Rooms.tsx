// All rooms at a glance.

import type { JSX } from "preact";
import { t, tn } from "../../i18n";
import { usePage } from "./context";
import { RoomCard } from "./RoomCard";

export function Rooms(): JSX.Element {
  const { gathering } = usePage();
  const calls = gathering.calls.value.length;
  return (
    <section class="stack" aria-labelledby="rooms-title" data-place="rooms">
      <header class="row between">
        <h2 id="rooms-title">{t("Rooms")}</h2>
        <p class="small muted">
          {calls === 0 ? t("No call for help") : tn("{n} call for help", "{n} calls for help", calls)}
        </p>
      </header>
      {gathering.spaces.value.length === 0 && <p class="empty">{t("There is no space yet. Add some in the preparation.")}</p>}
      <ul class="rms">
        {gathering.spaces.value.map((space) => (
          <RoomCard key={space.id} space={space} />
        ))}
      </ul>
    </section>
  );
}
