// What people should know of where a topic stands. Warnings, and never more than that.

import type { JSX } from "preact";
import { t, tn } from "../../i18n";
import type { Warning } from "../../openspace/checks";
import type { GatheringModel } from "../../openspace/model";
import { Icon } from "../../room/view/marks";
import { useWall } from "../context";

/** Letters of a title, and titles in one warning. */
const SHORT = 28;
const MOST_NAMED = 2;

interface Props {
  id: number;
  slot: number | null;
  /** What I marked is no warning any more once I can walk from one to the other. */
  isRunning?: boolean;
}

export function Clashes({ id, slot, isRunning = false }: Props): JSX.Element | null {
  const { gathering } = useWall();
  const warnings = gathering
    .warnings(id)
    .value.filter((warning) => warning.slot === slot || warning.slot === null)
    .filter((warning) => !isRunning || warning.kind !== "both_marked");
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
  const titles = listed(others.map((id) => `“${shortened(topics.get(id)?.title ?? "…")}”`));
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

/** Enough to know a topic by: whole words of its beginning. */
function shortened(title: string): string {
  if (title.length <= SHORT) return title;
  const start = title.slice(0, SHORT);
  return `${start.slice(0, Math.max(start.lastIndexOf(" "), SHORT / 2)).trimEnd()}…`;
}

function listed(titles: readonly string[]): string {
  const rest = titles.length - MOST_NAMED;
  if (rest <= 0) return titles.join(", ");
  return tn("{names} and {n} more", "{names} and {n} more", rest, { names: titles.slice(0, MOST_NAMED).join(", ") });
}
