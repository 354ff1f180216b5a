// Who is here: a ring for the eye, a list with country and institution, and those who are not here now.

import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { compareNames, t, tn } from "../../i18n";
import { Timer } from "../gathering/Timer";
import { useGathering } from "../gathering/context";
import { roleName } from "../people";
import type { PersonCard } from "../types";
import { Hands } from "./Hands";
import { usePage } from "./context";
import { Avatar, Country, Icon, Name, Unseen } from "./marks";

/** Places of the ring; one stays open. */
const PLACES = 12;

export function People(): JSX.Element {
  const { room } = usePage();
  const here = useComputed(() => room.here.value.flatMap((id) => room.people.value[id] ?? []));
  const names = useComputed(() => [...here.value].sort(byName));
  const away = useComputed(() => {
    const ids = new Set(room.here.value);
    return Object.values(room.people.value).filter((person) => !ids.has(person.id) && !person.past).sort(byName);
  });
  return (
    <>
      <Ring people={here.value} isLost={room.isLost.value} />
      <Hands />
      <section>
        <h2 class="label">{room.isLost.value ? t("Connection lost.") : t("Here now")}</h2>
        <ul class="people">
          {names.value.map((person) => (
            <Person key={person.id} person={person} isAway={room.isLost.value} />
          ))}
        </ul>
      </section>
      {away.value.length > 0 && (
        <details class="away">
          <summary>{awayText(away.value.length, room.card.value.audience === "members")}</summary>
          <ul class="people">
            {away.value.map((person) => (
              <Person key={person.id} person={person} isAway />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function awayText(n: number, isForMembers: boolean): string {
  return isForMembers
    ? tn("{n} more person may come in", "{n} more people may come in", n)
    : tn("{n} person is not here now", "{n} people are not here now", n);
}

function byName(one: PersonCard, other: PersonCard): number {
  return compareNames(one.name, other.name);
}

/** But for the time left only a picture: the list below says the same in words. */
function Ring({ people, isLost }: { people: readonly PersonCard[]; isLost: boolean }): JSX.Element {
  const hands = usePage().room.hands.value;
  const isTimed = useGathering()?.place.round.value != null;
  const seated = people.length < PLACES ? people : people.slice(0, PLACES - 2);
  const more = people.length - seated.length;
  const places = seated.length + 1 + (more > 0 ? 1 : 0);
  return (
    <div class={isLost ? "ring lost" : "ring"} data-n={places}>
      <ul aria-hidden="true">
        {seated.map((person) => (
          <li key={person.id}>
            <Avatar person={person} away={isLost}>
              {hands.includes(person.id) && (
                <span class="flag">
                  <Icon name="hand" />
                </span>
              )}
            </Avatar>
          </li>
        ))}
        {more > 0 && (
          <li key="more">
            <span class="av more">+{more}</span>
          </li>
        )}
        <li key="open">
          <span class="seat">
            <Icon name="door-open" />
          </span>
        </li>
      </ul>
      <div class={isTimed ? "ring-mid timed" : "ring-mid"} aria-hidden={!isTimed}>
        {isLost ? (
          t("Connection lost.")
        ) : isTimed ? (
          <Timer />
        ) : (
          <>
            <b>{people.length}</b>
            {t("here")}
          </>
        )}
      </div>
    </div>
  );
}

function Person({ person, isAway = false }: { person: PersonCard; isAway?: boolean }): JSX.Element {
  const { room } = usePage();
  const isWriting = !isAway && room.typing.people.value.includes(person.id);
  const role = roleName(person.role);
  return (
    <li class="person">
      <Avatar person={person} size="s" away={isAway} />
      <span>
        <b>
          <Name person={person} />
        </b>{" "}
        <Country code={person.country} />
        {person.id === room.me && <span class="muted"> {t("(you)")}</span>}
        <small>
          {isWriting ? t("is writing") : person.institution}
          {role !== null && !isWriting && (
            <>
              <Unseen>, </Unseen>
              <span class="role">{role}</span>
            </>
          )}
        </small>
      </span>
    </li>
  );
}
