// Who is where, with one press to go there; the law; and what was announced.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { formatTime, t, tn } from "../../i18n";
import type { SpaceCard } from "../../openspace/types";
import { spaceKindName } from "../../openspace/words";
import { Icon, Name, Unseen } from "../../room/view/marks";
import { useWall } from "../context";
import { go, moveTo } from "../doings";
import { Help } from "./Help";

export function Side(): JSX.Element {
  const { gathering } = useWall();
  const people = gathering.people.value;
  // Observers look in and out; who takes part is counted, as on the desk.
  const n = Object.keys(gathering.where.value).filter((id) => people[id]?.role !== "observer").length;
  return (
    <aside class="os-side" aria-label={t("People and rooms")}>
      <section class="sheet tight whereabouts" aria-labelledby="who">
        <header>
          <h2 class="h-sm" id="who">
            {t("Who is where")}
          </h2>
          <span class="small muted num">{tn("{n} in rooms", "{n} in rooms", n)}</span>
        </header>
        <ul class="places">
          {gathering.spaces.value.map((space) => (
            <Place key={space.id} space={space} />
          ))}
          <Nowhere />
        </ul>
      </section>
      <Help />
      <News />
      <Law />
    </aside>
  );
}

function Place({ space }: { space: SpaceCard }): JSX.Element {
  const page = useWall();
  const { gathering } = page;
  const people = gathering.peopleIn(space.id).value;
  const isMine = gathering.mySpace.value === space.id;
  const isFull = space.is_hard && space.capacity !== null && people.length >= space.capacity;
  return (
    <li class={isMine ? "is-here" : ""}>
      <span class="grow">
        <b>{space.name}</b>
        <small>
          <NowIn space={space} /> {isFull && t("Full")}
        </small>
        {isMine && (
          <span class="badge now">
            <Icon name="map-pin" />
            {t("You are here")}
          </span>
        )}
        {people.length > 0 && <Names people={people} />}
      </span>
      <span class="num cnt">
        <Icon name="users" />
        <Unseen>{t("People:")} </Unseen>
        {people.length}
      </span>
      <a
        class="btn small"
        href={`/rooms/${space.room}/`}
        aria-label={isMine ? t("Go in: {space}", { space: space.name }) : t("Go to {space}", { space: space.name })}
        onClick={(event) => follow(event, () => void go(page, space.id))}
      >
        {isMine ? t("Go in") : t("Go")}
      </a>
    </li>
  );
}

function follow(event: MouseEvent, run: () => void): void {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  run();
}

function NowIn({ space }: { space: SpaceCard }): JSX.Element {
  const { gathering } = useWall();
  const topic = gathering.index.value.topics.get(gathering.topicNowIn(space.id) ?? 0);
  if (topic !== undefined) return <bdi lang={topic.language}>{topic.title}</bdi>;
  const kind = spaceKindName(space.kind);
  return <>{space.kind === "topic" || kind === space.name ? "" : kind}</>;
}

/** Hundreds of names are drawn only for who looks. */
function Names({ people }: { people: readonly number[] }): JSX.Element {
  const { gathering } = useWall();
  const isOpen = useSignal(false);
  return (
    <details class="who" onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
      <summary class="micro">{t("Who")}</summary>
      <ul class="micro">
        {(isOpen.value ? people : []).map((id) => (
          <li key={id}>
            <Name person={gathering.people.value[id]} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Nowhere(): JSX.Element {
  const page = useWall();
  const { gathering } = page;
  const { where, people } = gathering;
  const n = Object.entries(people.value).filter(([id, person]) => !person.past && !(id in where.value)).length;
  return (
    <li>
      <span class="grow">
        <b>{t("Nowhere")}</b>
        <small>{t("That is fine, too")}</small>
      </span>
      <span class="num cnt">
        <Icon name="users" />
        <Unseen>{t("People:")} </Unseen>
        {n}
      </span>
      {gathering.mySpace.value !== null && gathering.card.value.stage !== "closed" && (
        <button
          class="btn small"
          type="button"
          aria-label={t("Leave {space}", { space: gathering.space(gathering.mySpace.value)?.name ?? "…" })}
          onClick={() => moveTo(page, null)}
        >
          {t("Leave")}
        </button>
      )}
    </li>
  );
}

function News(): JSX.Element | null {
  const { gathering } = useWall();
  const news = [...gathering.news.value].reverse();
  if (news.length === 0) return null;
  return (
    <section class="sheet tight news-list" aria-labelledby="news">
      <h2 class="h-sm" id="news">
        {t("News")}
      </h2>
      <ul class="rows">
        {news.slice(0, 10).map((each) => (
          <li key={each.id}>
            <span lang={each.language} dir="auto">
              {each.text}
            </span>
            <p class="micro muted">
              {formatTime(each.at)} · <Name person={gathering.people.value[each.by]} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Law(): JSX.Element {
  const { gathering } = useWall();
  return (
    <section class="law" aria-labelledby="law">
      <span class="law-i">
        <Icon name="footprints" />
      </span>
      <div>
        <h2 class="h-sm" id="law">
          {t("The law of mobility")}
        </h2>
        <p>{t("If you are neither learning nor giving here, go where you can. Nobody will ask why.")}</p>
        <p>
          <a href={`/gatherings/${gathering.card.value.id}/principles/`}>{t("Principles of Open Space")}</a>
        </p>
      </div>
    </section>
  );
}
