// The other rooms: nobody is trapped, moving is one press.

import type { JSX } from "preact";
import { t, tn } from "../../i18n";
import type { ListedRoom } from "../types";
import { usePage } from "./context";
import { Icon, Unseen } from "./marks";

export function OtherRooms(): JSX.Element | null {
  const { elsewhere } = usePage();
  const rooms = elsewhere.rooms.value.filter(({ state }) => state !== "archived");
  if (rooms.length === 0 || elsewhere.isOver.value) return null;
  return (
    <section class="elsewhere">
      <h2 class="label">{t("Elsewhere now")}</h2>
      <ul class="rooms">
        {rooms.map((room) => (
          <OtherRoom key={room.id} room={room} />
        ))}
      </ul>
    </section>
  );
}

function OtherRoom({ room }: { room: ListedRoom }): JSX.Element {
  return (
    <li>
      <span class="grow">
        <b>
          <bdi>{room.name}</bdi>
        </b>
        {room.unread > 0 && <Unread n={room.unread} />}
        {room.audience === "members" && <small>{t("Only for its members")}</small>}
        {room.title !== "" && (
          <small lang={room.language}>
            <bdi>{room.title}</bdi>
          </small>
        )}
      </span>
      <span class="cnt">
        <Icon name="users" />
        <Unseen>{t("People:")} </Unseen>
        {room.here}
      </span>
      <a class="btn small" href={`/rooms/${room.id}/`}>
        {t("Go")}
        <Unseen> {t("to {room}", { room: room.name })}</Unseen>
      </a>
    </li>
  );
}

/** Counted to a hundred. */
export function Unread({ n }: { n: number }): JSX.Element {
  return (
    <span class="count">
      {n >= 100 ? "99+" : n}
      <Unseen> {tn("unread message", "unread messages", n)}</Unseen>
    </span>
  );
}
