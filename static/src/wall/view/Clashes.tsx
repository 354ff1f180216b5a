// What people should know of where a topic stands. Warnings, and never more than that.

import type { JSX } from "preact";
import { t, tn } from "../../i18n";
import type { Warning } from "../../openspace/checks";
import type { GatheringModel } from "../../openspace/model";
import { Icon } from "../../room/view/marks";
import { useWall } from "../context";

export function Clashes({ id, slot }: { id: number; slot: number | null }): JSX.Element | null {
  const { gathering } = useWall();
  const warnings = gathering.warnings(id).value.filter((warning) => warning.slot === slot || warning.slot === null);
  if (warnings.length === 0) return null;
  return (
    <div class="t-clashes">
      {warnings.map((warning) => (
        <p key={`${warning.kind}${warning.slot}`} class="t-clash">
          <Icon name="triangle-alert" />
          <span>{warningText(gathering, warning)}</span>
        </p>
      ))}
    </div>
  );
}

export function warningText(gathering: GatheringModel, { kind, topic, space, others, people }: Warning): string {
  const { topics } = gathering.index.value;
  const titles = others.map((id) => `“${topics.get(id)?.title ?? "…"}”`).join(", ");
  const names = people.map((id) => gathering.people.value[id]?.name ?? "…").join(", ");
  const spaceCard = gathering.space(space);
  switch (kind) {
    case "space_twice":
      return t("{topics} stands here, too", { topics: titles });
    case "convener_twice":
      return t("{people} also convenes {topics} at this time", { people: names, topics: titles });
    case "not_with":
      return t("Wanted not at the same time: {topics}", { topics: titles });
    case "too_small": {
      const card = topics.get(topic);
      const wanted = Math.max(card?.interested.length ?? 0, card?.wished_capacity ?? 0);
      return tn("{n} person may come, there is room for {room}", "{n} people may come, there is room for {room}", wanted, {
        room: spaceCard?.capacity ?? 0,
      });
    }
    case "in_break":
      return t("This time is a break");
    case "gone":
      if (others.length > 0) return t("A wish names a topic that is not on offer any more: {topics}", { topics: titles });
      return t("This place is not there any more: choose another one");
    case "both_marked":
      return t("You marked {topics}, too, which is at the same time", { topics: titles });
  }
}
