// Where else one can go, what is on there and who is there: moving is one press, with no question asked.

import type { JSX } from "preact";
import { compareNames, formatNumber, t, tn } from "../../i18n";
import type { SpaceCard } from "../../openspace/types";
import { spaceKindName } from "../../openspace/words";
import { usePage } from "../view/context";
import { DialogFrame } from "../view/DialogFrame";
import { Unread } from "../view/OtherRooms";
import { Country, Icon, Name, Unseen } from "../view/marks";
import { usePlace } from "./context";
import type { Place } from "./place";

export function Spaces(): JSX.Element {
  const place = usePlace();
  return (
    <section class="elsewhere">
      <h2 class="label">{t("Elsewhere now")}</h2>
      <SpaceList />
      <p>
        <a class="btn quiet small" href={`/gatherings/${place.gathering.card.value.id}/`}>
          <Icon name="layout-grid" />
          {t("Back to the wall")}
        </a>
      </p>
    </section>
  );
}

export function SpacesDialog(): JSX.Element {
  const { ui } = usePage();
  const place = usePlace();
  return (
    <DialogFrame title={t("Where to?")} close={() => ui.closeDialog()}>
      <p class="ink2">{t("If you are neither learning nor contributing here, use your feet: go somewhere else.")}</p>
      <div class="elsewhere">
        <SpaceList />
      </div>
      <a class="btn" href={`/gatherings/${place.gathering.card.value.id}/`}>
        <Icon name="layout-grid" />
        {t("To the wall")}
      </a>
    </DialogFrame>
  );
}

function SpaceList(): JSX.Element {
  const place = usePlace();
  return (
    <ul class="rooms">
      {place.otherSpaces.value.map((space) => (
        <Space key={space.id} space={space} />
      ))}
    </ul>
  );
}

function Space({ space }: { space: SpaceCard }): JSX.Element {
  const { elsewhere } = usePage();
  const place = usePlace();
  const topic = place.topicNowIn(space.id);
  const unread = elsewhere.rooms.value.find(({ id }) => id === space.room)?.unread ?? 0;
  return (
    <li class="space">
      <div class="space-row">
        <span class="grow">
          <b>
            <bdi>{space.name}</bdi>
          </b>
          {unread > 0 && <Unread n={unread} />}
          {topic === undefined ? (
            spaceKindName(space.kind) !== space.name && <small>{spaceKindName(space.kind)}</small>
          ) : (
            <small lang={topic.language}>
              <bdi>{topic.title}</bdi>
            </small>
          )}
        </span>
        <Count space={space} />
        <GoButton space={space} />
      </div>
      <Who space={space} />
    </li>
  );
}

function Count({ space }: { space: SpaceCard }): JSX.Element {
  const place = usePlace();
  const count = place.gathering.peopleIn(space.id).value.length;
  const room = space.capacity === null ? "" : t("of {n}", { n: formatNumber(space.capacity) });
  return (
    <span class="cnt">
      <Icon name="users" />
      <Unseen>{t("People:")} </Unseen>
      {formatNumber(count)}
      {room !== "" && <small> {room}</small>}
      {place.isFull(space) && <span class="badge care">{t("full")}</span>}
    </span>
  );
}

function Who({ space }: { space: SpaceCard }): JSX.Element | null {
  const place = usePlace();
  const people = place.gathering
    .peopleIn(space.id)
    .value.flatMap((id) => place.gathering.people.value[id] ?? [])
    .sort((one, other) => compareNames(one.name, other.name));
  if (people.length === 0) return null;
  return (
    <details class="who">
      <summary>
        {t("Who is there")}
        <Unseen> ({space.name})</Unseen>
      </summary>
      <ul>
        {people.map((person) => (
          <li key={person.id}>
            <Name person={person} /> <Country code={person.country} />
          </li>
        ))}
      </ul>
    </details>
  );
}

export function GoButton({ space, isMain = false }: { space: SpaceCard; isMain?: boolean }): JSX.Element {
  const { room, ui } = usePage();
  const place = usePlace();
  const go = (event: MouseEvent) => {
    // In a new tab, or without a connection, the page itself moves the person.
    if (event.ctrlKey || event.metaKey || event.shiftKey || place.gathering.connection.value.phase !== "live") return;
    event.preventDefault();
    void leaveFor(place, space, () => {
      if (room.hands.value.includes(room.me)) room.commands.lowerHand(room.me);
      location.assign(`/rooms/${space.room}/`);
    }).then(() => ui.closeDialog());
  };
  return (
    <a class={isMain ? "btn main small" : "btn small"} href={`/rooms/${space.room}/`} onClick={go}>
      {isMain ? t("Go to {space}", { space: space.name }) : t("Go")}
      {!isMain && <Unseen> {t("to {room}", { room: space.name })}</Unseen>}
    </a>
  );
}

async function leaveFor(place: Place, space: SpaceCard, leave: () => void): Promise<void> {
  const mayMove = place.gathering.card.value.stage !== "closed";
  if (!mayMove || (await place.go(space.id))) leave();
}

export function peopleText(n: number): string {
  return tn("{n} person", "{n} people", n);
}
