// The circle that sits now: who speaks after whom, and whose turn it is.

import type { JSX } from "preact";
import { t, tn } from "../../i18n";
import type { CircleCard } from "../../openspace/types";
import { Avatar, Country, Icon, Name } from "../../room/view/marks";
import { useWall } from "../context";

export function Circle(): JSX.Element | null {
  const { gathering } = useWall();
  const { circle } = gathering.card.value;
  if (circle === null) return null;
  return (
    <section class="sheet tight circle-panel" aria-labelledby="circle">
      <header>
        <h2 class="h-sm" id="circle">
          {circle.kind === "opening" ? t("Opening circle") : t("Closing circle")}
        </h2>
        <span class="small muted">{t("Who has the talking piece speaks. The others listen.")}</span>
      </header>
      <Turn circle={circle} />
      <Order circle={circle} />
    </section>
  );
}

function Turn({ circle }: { circle: CircleCard }): JSX.Element {
  const { gathering } = useWall();
  const holder = circle.order[circle.at];
  if (holder === undefined) return <p role="status">{t("Everybody has spoken.")}</p>;
  const isMine = holder === gathering.me;
  const next = circle.order[circle.at + 1];
  const mayPass = isMine || (gathering.rights.value.facilitate && gathering.rights.value.take_part);
  const person = gathering.people.value[holder];
  return (
    <div class={isMine ? "turn is-mine" : "turn"}>
      <Avatar person={person} size="l" />
      <div class="grow" role="status">
        <b>{isMine ? t("You have the talking piece") : <Name person={person} />}</b>{" "}
        {!isMine && <Country code={person?.country} />}
        <p class="small muted">
          {next === undefined ? t("The last in the circle") : t("Then: {name}", { name: gathering.people.value[next]?.name ?? "…" })}
        </p>
      </div>
      {mayPass && (
        <button
          class={isMine ? "btn now" : "btn"}
          type="button"
          onClick={() => void gathering.commands.do("circle.pass", { holder })}
        >
          <Icon name="arrow-right" />
          {t("Pass it on")}
        </button>
      )}
    </div>
  );
}

function Order({ circle }: { circle: CircleCard }): JSX.Element {
  const { gathering } = useWall();
  const mine = circle.order.indexOf(gathering.me);
  const before = mine - circle.at;
  return (
    <details class="circle-order">
      <summary class="small">
        {before > 0 ? tn("{n} person speaks before you", "{n} people speak before you", before) : t("The order")}
      </summary>
      <ol class="circle-list">
        {circle.order.map((id, at) => (
          <li key={id} class={at < circle.at ? "is-past" : ""} aria-current={at === circle.at ? "step" : undefined}>
            <Name person={gathering.people.value[id]} /> <Country code={gathering.people.value[id]?.country} />
          </li>
        ))}
      </ol>
    </details>
  );
}
