// What a screen reader is told: calls for help, the landing of a round, and what the desk did.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n";
import { watchLandings } from "../../openspace/landings";
import type { GatheringEvent } from "../../openspace/types";
import { usePage } from "./context";

export function Speaker(): JSX.Element {
  const { gathering, ui } = usePage();
  const call = useSignal("");
  const landing = useSignal("");
  useEffect(() => {
    const hear = (events: readonly GatheringEvent[]) => {
      for (const event of events) {
        if (event.name !== "call.made") continue;
        const card = event.data.calls?.[0];
        if (card === undefined) continue;
        const name = gathering.people.value[card.by]?.name ?? "…";
        const place = gathering.space(card.space)?.name ?? t("nowhere");
        call.value = t("{name} in {place} asks for a facilitator.", { name, place });
      }
    };
    gathering.onEvents.add(hear);
    const stop = watchLandings(gathering, (text) => (landing.value = text));
    return () => {
      gathering.onEvents.delete(hear);
      stop();
    };
  }, []);
  return (
    <>
      <div class="vh" role="alert">
        {call.value}
      </div>
      <div class="vh" role="status">
        <p>{landing.value}</p>
        <p>{ui.spoken.value}</p>
      </div>
    </>
  );
}
