// What stands above the talk: a full room, an open door, the last minutes, news. None takes the focus.

import type { ComponentChildren, JSX } from "preact";
import { formatSince, t } from "../../i18n";
import { landingText, leftOf, slotName, slotTimes } from "../../openspace/clock";
import type { SpaceCard } from "../../openspace/types";
import { usePage } from "../view/context";
import { filled } from "../view/filled";
import { Icon, Name, Unseen } from "../view/marks";
import { GoButton, peopleText } from "./Spaces";
import { usePlace } from "./context";
import type { Asked } from "./place";

export function Notices(): JSX.Element {
  return (
    <div class="room-notices">
      <div role="status">
        <Full />
        <AskedOf />
        <UnsentCall />
        <News />
      </div>
      <Elsewhere />
      <Landing />
      <NothingOn />
    </div>
  );
}

interface NoticeProps {
  icon: string;
  kind?: "care" | "alarm" | "done";
  close?: (() => void) | undefined;
  actions?: ComponentChildren;
  children: ComponentChildren;
}

function Notice({ icon, kind, close, actions, children }: NoticeProps): JSX.Element {
  return (
    <div class={`note ${kind ?? ""} conn notice`}>
      <Icon name={icon} />
      <div>
        <p>{children}</p>
        {actions !== undefined && <div class="row tight">{actions}</div>}
      </div>
      {close !== undefined && (
        <button class="icon-btn small" type="button" onClick={close}>
          <Icon name="x" />
          <Unseen>{t("Close")}</Unseen>
        </button>
      )}
    </div>
  );
}

function Full(): JSX.Element | null {
  const place = usePlace();
  const full = place.full.value;
  if (full === null) return null;
  const isThisRoom = full.space === place.space.value?.id;
  const others = full.alternatives.flatMap((id) => place.otherSpaces.value.find((space) => space.id === id) ?? []).slice(0, 3);
  return (
    <Notice
      icon="users"
      kind="alarm"
      close={isThisRoom ? undefined : () => (place.full.value = null)}
      actions={
        <>
          {others.map((space) => (
            <Alternative key={space.id} space={space} />
          ))}
          {isThisRoom && (
            <button class="btn small" type="button" onClick={() => void place.enter()}>
              {t("Try again")}
            </button>
          )}
        </>
      }
    >
      <b>{full.detail}</b> {isThisRoom && t("You can read here, but you are not counted as being here.")}
    </Notice>
  );
}

function Alternative({ space }: { space: SpaceCard }): JSX.Element {
  const place = usePlace();
  return (
    <span>
      <GoButton space={space} isMain /> <small class="muted">{peopleText(place.gathering.peopleIn(space.id).value.length)}</small>
    </span>
  );
}

/** Moved in another tab, or the facilitator's desk: the person says where they want to be. */
function Elsewhere(): JSX.Element | null {
  const place = usePlace();
  const { gathering } = place;
  const other = gathering.space(gathering.mySpace.value);
  if (place.full.value !== null || place.isHere.value || other === undefined || gathering.phase.value !== "live") return null;
  return (
    <Notice
      icon="footprints"
      actions={
        <>
          <button class="btn small" type="button" onClick={() => void place.enter()}>
            {t("Come back here")}
          </button>
          <a class="btn small" href={`/rooms/${other.room}/`}>
            {t("Go to {space}", { space: other.name })}
          </a>
        </>
      }
    >
      {t("You are in {space} now.", { space: other.name })}
    </Notice>
  );
}

function AskedOf(): JSX.Element | null {
  const place = usePlace();
  const asked = place.asked.value;
  if (asked === null) return null;
  return asked.kind === "invitation" ? <Invitation asked={asked} /> : <Reminder asked={asked} />;
}

function Invitation({ asked }: { asked: Extract<Asked, { kind: "invitation" }> }): JSX.Element | null {
  const place = usePlace();
  const space = place.gathering.space(asked.space);
  if (space === undefined || space.id === place.space.value?.id) return null;
  const by = asked.by === null ? undefined : place.gathering.people.value[asked.by];
  return (
    <Notice
      icon="door-open"
      kind="care"
      actions={
        <>
          <GoButton space={space} isMain />
          <button class="btn small" type="button" onClick={() => (place.asked.value = null)}>
            {t("Stay here")}
          </button>
        </>
      }
    >
      {filled(t("{name} holds the door of {space} open for you."), {
        name: (
          <b>
            <Name person={by} />
          </b>
        ),
        space: <bdi>{space.name}</bdi>,
      })}
    </Notice>
  );
}

function Reminder({ asked }: { asked: Extract<Asked, { kind: "reminder" }> }): JSX.Element | null {
  const { ui } = usePage();
  const place = usePlace();
  const topic = place.gathering.topic(asked.topic).value;
  if (topic === undefined) return null;
  const close = () => (place.asked.value = null);
  const isHere = place.topic.value?.id === topic.id;
  return (
    <Notice
      icon="file-text"
      kind="care"
      close={close}
      actions={
        isHere ? (
          <OpenReport
            open={() => {
              close();
              ui.openPaper("report");
            }}
          />
        ) : (
          <a class="btn small" href={`/gatherings/${place.gathering.card.value.id}/topics/${topic.number}/`}>
            {t("Open the report")}
          </a>
        )
      }
    >
      {filled(t("The facilitators ask you for the report on “{title}”."), {
        title: (
          <b lang={topic.language}>
            <bdi>{topic.title}</bdi>
          </b>
        ),
      })}
    </Notice>
  );
}

/** A call that was refused when its form was closed already. */
function UnsentCall(): JSX.Element | null {
  const { commands, unsent } = usePlace().gathering;
  const call = unsent.value.find(({ name }) => name === "call.make");
  if (call === undefined) return null;
  return (
    <Notice
      icon="circle-alert"
      kind="care"
      actions={
        <>
          <button class="btn small" type="button" onClick={() => commands.sendAgain(call.id)}>
            {t("Send again")}
          </button>
          <button class="btn small" type="button" onClick={() => commands.discard(call.id)}>
            {t("Delete")}
          </button>
        </>
      }
    >
      {t("Not sent.")} {call.refusal?.detail} <bdi>{(call.data as { text?: string }).text}</bdi>
    </Notice>
  );
}

function OpenReport({ open }: { open: () => void }): JSX.Element {
  return (
    <button class="btn small" type="button" onClick={open}>
      <Icon name="file-text" />
      {t("Open the report")}
    </button>
  );
}

/** In no live region: it changes each minute, and is said aloud at 10, 3 and 1 by `watchLandings`. */
function Landing(): JSX.Element | null {
  const { ui } = usePage();
  const place = usePlace();
  const slot = place.round.value;
  if (slot === null || !place.isLanding.value || place.topic.value?.report === "confirmed") return null;
  const left = leftOf(slot, place.gathering.time.now.value);
  const minutes = left > 0 ? Math.max(1, Math.round(left / 60_000)) : 0;
  const isOpen = ui.panel.value?.kind === "report";
  return (
    <Notice
      icon="hourglass"
      kind="care"
      close={() => place.dismissLanding()}
      actions={isOpen ? undefined : <OpenReport open={() => ui.openPaper("report")} />}
    >
      {minutes > 0 ? landingText(minutes) : t("The time of this round is over.")}{" "}
      {minutes !== 10 && minutes > 0 && t("Begin the report: what did you find out?")}
    </Notice>
  );
}

function News(): JSX.Element | null {
  const place = usePlace();
  const news = place.news.value;
  if (news === null) return null;
  return (
    <Notice icon="megaphone" close={() => place.dismissNews()}>
      <b>{t("To everybody:")}</b>{" "}
      <span lang={news.language}>
        <bdi>{news.text}</bdi>
      </span>{" "}
      <small class="muted">
        <Name person={place.gathering.people.value[news.by]} />, {formatSince(news.at)}
      </small>
    </Notice>
  );
}

/** Between the rounds, and in a space where nothing stands. */
function NothingOn(): JSX.Element | null {
  const place = usePlace();
  const { gathering, space, isNow, next } = place;
  if (isNow.value || space.value?.kind !== "topic") return null;
  const coming = next.value;
  if (coming === null) return null;
  return (
    <Notice icon="clock">
      {t("Next here: {round}, {times} ({zone}).", {
        round: slotName(gathering.slots.value, coming.slot),
        times: slotTimes(coming.slot),
        zone: document.documentElement.dataset["zoneName"] ?? "",
      })}{" "}
      <b lang={coming.topic.language}>
        <bdi>{coming.topic.title}</bdi>
      </b>
    </Notice>
  );
}
