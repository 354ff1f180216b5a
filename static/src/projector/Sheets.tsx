// The sheets of what came out: points, actions and last words, to be read from far away.

import type { ComponentChildren, JSX } from "preact";
import { formatDate, t, tn } from "../i18n";
import { softened } from "../openspace/softened";
import { Avatar, Country, Name } from "../room/view/marks";
import { useWall } from "../wall/context";
import { Paper } from "./Paper";
import type { ListKind } from "./pages";

export function headingOf(kind: ListKind): string {
  if (kind === "waiting") return t("Waiting for a time and a place");
  if (kind === "ballot") return t("What matters most?");
  if (kind === "results") return t("What matters most: the result");
  return kind === "actions" ? t("Actions") : t("One word from each of us");
}

/** What stands below the heading; null for nothing. */
export function LeadOf({ kind }: { kind: ListKind }): JSX.Element | null {
  const { gathering } = useWall();
  if (kind !== "ballot" && kind !== "results") return null;
  const { voters } = gathering.card.value;
  return (
    <p class="lead">
      {kind === "ballot" && <>{t("Give your points on the wall, on your own screen.")} </>}
      {tn("{n} person has voted", "{n} people have voted", voters)}
    </p>
  );
}

export function SheetOf({ kind, id }: { kind: ListKind; id: number }): JSX.Element {
  if (kind === "actions") return <Action id={id} />;
  if (kind === "words") return <Word id={id} />;
  return kind === "waiting" ? <Paper id={id} space={null} isRunning={false} /> : <Ranked id={id} />;
}

function Ranked({ id }: { id: number }): JSX.Element {
  const { gathering } = useWall();
  const topic = gathering.topic(id).value;
  const points = gathering.card.value.results?.[id];
  return (
    <li class="topic paper">
      <p class="paper-space">
        <span class="t-n">{topic?.number}</span>
        {points !== undefined && <> {tn("{n} point", "{n} points", points)}</>}
      </p>
      <h3 lang={topic?.language}>{softened(topic?.title ?? "")}</h3>
    </li>
  );
}

function Action({ id }: { id: number }): JSX.Element {
  const action = useWall().gathering.actions.value.find((each) => each.id === id);
  return (
    <li class="topic paper">
      <h3 dir="auto">{softened(action?.what ?? "")}</h3>
      <Who id={action?.convener ?? 0}>{action?.due && <> · {t("until {day}", { day: formatDate(action.due) })}</>}</Who>
    </li>
  );
}

function Word({ id }: { id: number }): JSX.Element {
  const word = useWall().gathering.words.value.find((each) => each.id === id);
  return (
    <li class="topic paper">
      <h3 dir="auto">{word?.word}</h3>
      <Who id={id} />
    </li>
  );
}

function Who({ id, children }: { id: number; children?: ComponentChildren }): JSX.Element {
  const person = useWall().gathering.people.value[id];
  return (
    <p class="small ink2">
      <Name person={person} /> <Country code={person?.country} />
      {children}
    </p>
  );
}

/** Who has the talking piece, and who is next. */
export function CircleScreen(): JSX.Element | null {
  const { gathering } = useWall();
  const { circle } = gathering.card.value;
  if (circle === null) return null;
  const [holder, next] = [circle.order[circle.at], circle.order[circle.at + 1]];
  const person = gathering.people.value[holder ?? 0];
  return (
    <section class="wall is-now circle-screen">
      <header class="wall-h">
        <h2>{circle.kind === "opening" ? t("Opening circle") : t("Closing circle")}</h2>
        <p class="lead">{t("Who has the talking piece speaks. The others listen.")}</p>
      </header>
      {holder === undefined ? (
        <p class="lead">{t("Everybody has spoken.")}</p>
      ) : (
        <div class="paper">
          <Avatar person={person} size="l" />
          <h3>
            <Name person={person} /> <Country code={person?.country} />
          </h3>
          <p class="lead">{next === undefined ? t("The last in the circle") : t("Then: {name}", { name: gathering.people.value[next]?.name ?? "…" })}</p>
        </div>
      )}
    </section>
  );
}
