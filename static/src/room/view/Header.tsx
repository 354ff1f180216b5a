// The door plate: which room, what it is about, in which state; and the ways to move in its history.

import type { JSX } from "preact";
import { t, tn } from "../../i18n";
import type { RoomKind, RoomStateName } from "../types";
import { usePage } from "./context";
import { Icon, Unseen } from "./marks";

export function Header(): JSX.Element {
  const { room, back } = usePage();
  const { name, title, kind, language, state, audience } = room.card.value;
  return (
    <header class="room-h">
      <a class="icon-btn" href={back?.address ?? "/rooms/"} title={back?.name}>
        <Icon name="arrow-left" />
        <Unseen>{back?.name ?? t("Back to the rooms")}</Unseen>
      </a>
      <div class="grow">
        <p class="kicker">
          <bdi>{name}</bdi>
          {kindName(kind) !== name && ` · ${kindName(kind)}`}
          {audience === "members" && <MembersBadge who={back?.who} />}
          {state !== "open" && <StateBadge state={state} />}
        </p>
        <h1 lang={language}>
          <bdi>{title}</bdi>
        </h1>
      </div>
      <div class="row nowrap tight">
        <PinnedButton />
        <DateButton />
        <StateMenu />
      </div>
    </header>
  );
}

export function kindName(kind: RoomKind): string {
  switch (kind) {
    case "plenary":
      return t("Plenary");
    case "topic":
      return t("Topic room");
    case "lounge":
      return t("Lounge");
  }
}

export function stateName(state: RoomStateName): string {
  switch (state) {
    case "open":
      return t("Open");
    case "read_only":
      return t("Read-only");
    case "archived":
      return t("Archived");
  }
}

/** `who`: other words for who may come in. */
export function MembersBadge({ who }: { who?: string | undefined }): JSX.Element {
  return (
    <span class="badge">
      <Icon name="users" />
      {who || t("Only for its members")}
    </span>
  );
}

export function StateBadge({ state }: { state: RoomStateName }): JSX.Element {
  return (
    <span class="badge">
      <Icon name={state === "archived" ? "archive" : "lock"} />
      {stateName(state)}
    </span>
  );
}

export function PinnedButton(): JSX.Element | null {
  const { room, ui } = usePage();
  const count = room.state.value.pinned.length;
  if (count === 0) return null;
  const isOpen = ui.panel.value?.kind === "pinned";
  return (
    <button
      class="btn small only-wide"
      type="button"
      aria-expanded={isOpen}
      onClick={() => (isOpen ? room.closePanel(ui) : ui.openPinned())}
    >
      <Icon name="pin" />
      {tn("{n} pinned", "{n} pinned", count)}
    </button>
  );
}

export function DateButton(): JSX.Element {
  const { ui } = usePage();
  return (
    <button class="icon-btn" type="button" title={t("Go to a day")} onClick={() => (ui.dialog.value = { kind: "date" })}>
      <Icon name="calendar-search" />
      <Unseen>{t("Go to a day")}</Unseen>
    </button>
  );
}

/** For who facilitates here. An archived room is opened again here, too. */
export function StateMenu(): JSX.Element | null {
  const { room, ui } = usePage();
  const role = room.people.value[room.me]?.role;
  if (role !== "facilitator" && role !== "organiser") return null;
  const { state } = room.card.value;
  const states: readonly [RoomStateName, string, string][] = [
    ["open", "message-square", t("Open the room")],
    ["read_only", "lock", t("Make it read-only")],
    ["archived", "archive", t("Archive the room")],
  ];
  const choose = (event: MouseEvent, chosen: RoomStateName) => {
    (event.currentTarget as HTMLElement).closest("details")?.removeAttribute("open");
    if (chosen === "archived") ui.dialog.value = { kind: "archive" };
    else room.commands.setRoomState(chosen);
  };
  return (
    <details class="menu" data-menu>
      <summary class="icon-btn" title={t("Manage the room")}>
        <Icon name="settings" />
        <Unseen>{t("Manage the room")}</Unseen>
      </summary>
      <div class="menu-box">
        {states
          .filter(([name]) => name !== state)
          .map(([name, icon, text]) => (
            <button key={name} class="menu-item" type="button" onClick={(event) => choose(event, name)}>
              <Icon name={icon} />
              {text}
            </button>
          ))}
      </div>
    </details>
  );
}
