// A sheet to be read from far away.

import type { JSX } from "preact";
import { t } from "../i18n";
import { softened } from "../openspace/softened";
import type { SpaceCard } from "../openspace/types";
import { Country, Name } from "../room/view/marks";
import { useWall } from "../wall/context";
import { Dots } from "../wall/view/Interest";
import { InRoom } from "../wall/view/Sheet";

export function Paper({ id, space, isRunning }: { id: number | null; space: SpaceCard | null; isRunning: boolean }): JSX.Element {
  const { gathering } = useWall();
  const topic = id === null ? undefined : gathering.topic(id).value;
  const person = gathering.people.value[topic?.convener ?? 0];
  return (
    <li class={topic === undefined ? "paper is-free" : "topic paper"}>
      {space !== null && <p class="paper-space">{space.name}</p>}
      {topic === undefined ? (
        <p>{t("Free")}</p>
      ) : (
        <>
          <h3 lang={topic.language}>{softened(topic.title)}</h3>
          {person !== undefined && (
            <p class="small ink2">
              <Name person={person} /> <Country code={person.country} />
            </p>
          )}
          {isRunning && space !== null ? <InRoom space={space.id} /> : <Dots people={topic.interested} />}
        </>
      )}
    </li>
  );
}
