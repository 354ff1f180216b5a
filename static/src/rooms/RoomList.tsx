// The rooms of one cohort.

import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t, tn } from "../i18n";
import type { ConnectionStatus } from "../live/types";
import type { Elsewhere } from "../room/elsewhere";
import { languageName } from "../room/people";
import type { ListedRoom } from "../room/types";
import { Banner } from "../room/view/Banner";
import { MembersBadge, StateBadge, kindName } from "../room/view/Header";
import { Icon } from "../room/view/marks";
import { OpenRoomDialog } from "./OpenRoomDialog";

interface Props {
  rooms: Elsewhere;
  connection: ReadonlySignal<ConnectionStatus>;
  retry: () => void;
}

export function RoomList({ rooms, connection, retry }: Props): JSX.Element {
  const isOpening = useSignal(false);
  const open = rooms.rooms.value.filter(({ state }) => state !== "archived");
  const archived = rooms.rooms.value.filter(({ state }) => state === "archived");
  return (
    <>
      <Banner connection={connection.value} phase={rooms.phase.value} retry={retry} />
      <Cards rooms={open} />
      {open.length === 0 && <p class="empty">{t("No room is open yet.")}</p>}
      {archived.length > 0 && (
        <details class="archived">
          <summary>{tn("{n} archived room", "{n} archived rooms", archived.length)}</summary>
          <Cards rooms={archived} />
        </details>
      )}
      {rooms.cohort.value?.moderate && (
        <p>
          <button class="btn" type="button" onClick={() => (isOpening.value = true)}>
            <Icon name="plus" />
            {t("Open a new room")}
          </button>
        </p>
      )}
      {isOpening.value && <OpenRoomDialog rooms={rooms} close={() => (isOpening.value = false)} />}
    </>
  );
}

function Cards({ rooms }: { rooms: readonly ListedRoom[] }): JSX.Element {
  return (
    <ul class="room-cards">
      {rooms.map((room) => (
        <Card key={room.id} room={room} />
      ))}
    </ul>
  );
}

function Card({ room }: { room: ListedRoom }): JSX.Element {
  return (
    <li class="sheet room-card">
      <p class="kicker">
        <span>
          {kindName(room.kind) !== room.name && `${kindName(room.kind)} · `}
          {languageName(room.language)}
        </span>
        {room.audience === "members" && <MembersBadge />}
        {room.state !== "open" && <StateBadge state={room.state} />}
      </p>
      <h3>
        <a class="cover" href={`/rooms/${room.id}/`}>
          <bdi>{room.name}</bdi>
        </a>
      </h3>
      {room.title !== "" && (
        <p lang={room.language}>
          <bdi>{room.title}</bdi>
        </p>
      )}
      <p class="room-card-end">
        {room.here > 0 && (
          <span class="cnt">
            <Icon name="users" />
            {tn("{n} person is connected", "{n} people are connected", room.here)}
          </span>
        )}
        {room.unread > 0 && (
          <span class="badge now">
            {room.unread >= 100 ? t("More than 99 new messages") : tn("{n} new message", "{n} new messages", room.unread)}
          </span>
        )}
      </p>
    </li>
  );
}
