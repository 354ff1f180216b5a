// A topic on its sheet of paper. It is drawn again only when its own card, its warnings or its round change.

import type { JSX } from "preact";
import { t, tn } from "../../i18n";
import { type SlotPhase, isLeftOut, phaseOf } from "../../openspace/clock";
import { isMine, whyNoMarket } from "../../openspace/rights";
import { softened } from "../../openspace/softened";
import type { SlotCard, SpaceCard, TopicCard } from "../../openspace/types";
import { Avatar, Country, Icon, Name, Unseen } from "../../room/view/marks";
import { useWall } from "../context";
import { beginDrag } from "../dragging";
import { go } from "../doings";
import { Clashes } from "./Clashes";
import { Interest } from "./Interest";

interface Props {
  id: number;
  /** Where this sheet stands; null while the topic waits. */
  slot: SlotCard | null;
  space: SpaceCard | null;
}

export function Sheet({ id, slot, space }: Props): JSX.Element | null {
  const page = useWall();
  const { gathering } = page;
  const topic = gathering.topic(id).value;
  if (topic === undefined) return null;
  const phase = slot === null ? "to_come" : phaseOf(slot);
  const isHere = phase === "running" && space !== null && gathering.mySpace.value === space.id;
  const mayDrag = phase !== "over" && isMine(topic, gathering.me) && whyNoMarket(gathering.card.value, gathering.rights.value) === null;
  const css = ["topic", phase === "over" && "past", phase === "running" && "live", isHere && "here"].filter(Boolean);
  const heading = `t${id}${slot === null ? "" : `-${slot.id}`}`;
  return (
    <div
      class={css.join(" ")}
      draggable={mayDrag}
      onDragStart={mayDrag ? (event) => beginDrag(page, event, id, slot?.id ?? null) : undefined}
      onDragEnd={() => (page.ui.dragged = null)}
    >
      <article aria-labelledby={heading}>
        {space !== null && <p class="t-space">{space.name}</p>}
        <div class="t-top">
          <MenuButton topic={topic} slot={slot} space={space} />
          <h4 id={heading}>
            <Title topic={topic} phase={phase} space={space} />
          </h4>
        </div>
        {slot === null && topic.why !== "" && (
          <p class="t-why" lang={topic.language} dir="auto">
            {topic.why}
          </p>
        )}
        <Merged id={id} />
        <Conveners topic={topic} />
        <div class="t-foot">
          <Foot topic={topic} slot={slot} space={space} />
        </div>
        {isHere && (
          <p class="t-here">
            <Icon name="map-pin" />
            {t("You are here")}
          </p>
        )}
        {phase !== "over" && <Clashes id={id} slot={slot?.id ?? null} isRunning={phase === "running"} />}
      </article>
    </div>
  );
}

/** A running topic leads to its room, one that is over to its report, any other to what there is to know of it. */
function Title({ topic, phase, space }: { topic: TopicCard; phase: SlotPhase; space: SpaceCard | null }): JSX.Element {
  const page = useWall();
  const isRunning = phase === "running" && space !== null;
  const href = isRunning ? `/rooms/${space.room}/` : `/gatherings/${page.gathering.card.value.id}/topics/${topic.number}/`;
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || phase === "over") return;
    event.preventDefault();
    if (isRunning) void go(page, space.id);
    else page.ui.open({ kind: "topic", topic: topic.id });
  };
  return (
    <a href={href} onClick={follow} draggable={false}>
      <bdi lang={topic.language}>{softened(topic.title)}</bdi>
    </a>
  );
}

/** Whose topic went together with this one finds it here. */
function Merged({ id }: { id: number }): JSX.Element | null {
  const { gathering } = useWall();
  const merged = gathering.merged(id).value.flatMap((one) => gathering.topic(one).value ?? []);
  if (merged.length === 0) return null;
  return (
    <ul class="t-with" aria-label={t("Together with")}>
      {merged.map((topic) => (
        <li key={topic.id}>
          <bdi lang={topic.language}>{softened(topic.title)}</bdi>
        </li>
      ))}
    </ul>
  );
}

function MenuButton({ topic, slot, space }: { topic: TopicCard; slot: SlotCard | null; space: SpaceCard | null }): JSX.Element {
  const { ui } = useWall();
  const place = slot === null || space === null ? null : { slot: slot.id, space: space.id };
  return (
    <button
      class="icon-btn small"
      type="button"
      aria-haspopup="menu"
      onClick={(event) => (ui.menu.value = { topic: topic.id, place, button: event.currentTarget })}
    >
      <Icon name="ellipsis" />
      <Unseen>{t("Actions for “{title}”", { title: topic.title })}</Unseen>
    </button>
  );
}

function Conveners({ topic }: { topic: TopicCard }): JSX.Element {
  const { gathering } = useWall();
  const others = topic.co_conveners.length;
  if (topic.convener === null && others === 0) {
    return (
      <p class="t-by">
        <span class="badge care">{t("Looks for a convener")}</span>
      </p>
    );
  }
  const first = gathering.people.value[topic.convener ?? topic.co_conveners[0] ?? 0];
  const more = topic.convener === null ? others - 1 : others;
  return (
    <p class="t-by">
      <Avatar person={first} size="s" />
      <span>
        <Name person={first} /> <Country code={first?.country} />
        {more > 0 && <> {tn("and {n} more", "and {n} more", more)}</>}
      </span>
    </p>
  );
}

function Foot({ topic, slot, space }: { topic: TopicCard; slot: SlotCard | null; space: SpaceCard | null }): JSX.Element {
  const { gathering } = useWall();
  const phase = slot === null ? "to_come" : phaseOf(slot);
  const isOut = slot !== null && isLeftOut(gathering.card.value.stage, gathering.slots.value, slot);
  if (topic.did_not_happen || isOut) return <span class="badge">{t("Did not take place")}</span>;
  if (phase === "over") return <ReportMark topic={topic} />;
  if (phase === "running" && space !== null) return <InRoom space={space.id} />;
  return <Interest topic={topic} />;
}

export function InRoom({ space }: { space: number }): JSX.Element {
  const { gathering } = useWall();
  const n = gathering.peopleIn(space).value.length;
  return (
    <span class="t-live">
      <Icon name="users" />
      <span>{tn("{n} in the room", "{n} in the room", n)}</span>
    </span>
  );
}

export function ReportMark({ topic }: { topic: TopicCard }): JSX.Element {
  if (topic.report === "confirmed") {
    return (
      <span class="badge done">
        <Icon name="check" />
        {t("Report in")}
      </span>
    );
  }
  const isBegun = topic.report === "draft";
  return (
    <span class={isBegun ? "badge" : "badge care"}>
      <Icon name={isBegun ? "pencil" : "hourglass"} />
      {isBegun ? t("Report begun") : t("Report due")}
    </span>
  );
}
