// Who would like to speak, in the order in which they raised their hands.

import type { JSX } from "preact";
import { t } from "../../i18n";
import type { PersonCard } from "../types";
import { usePage } from "./context";
import { Avatar, Country, Icon, Name, Unseen } from "./marks";

export function Hands(): JSX.Element {
  const { room } = usePage();
  const { hands } = room;
  const first = hands.value[0];
  const canModerate = room.rights.value.moderate;
  return (
    <section class="hands">
      <HandButton />
      {first !== undefined && (
        <>
          <h2 class="label">{t("Hands up")}</h2>
          <ol class="people">
            {hands.value.map((id, index) => (
              <Hand key={id} person={room.people.value[id]} id={id} isNext={index === 0} />
            ))}
          </ol>
          {canModerate && (
            <button class="btn small" type="button" onClick={() => room.commands.lowerHand(first)}>
              <Icon name="arrow-right" />
              {t("Next")}
              <Unseen> {t("{name} has spoken", { name: room.people.value[first]?.name ?? "…" })}</Unseen>
            </button>
          )}
        </>
      )}
    </section>
  );
}

/** `isSmall` stands with the text field, where a narrow window does not show the people. */
export function HandButton({ isSmall = false }: { isSmall?: boolean }): JSX.Element | null {
  const { room } = usePage();
  if (room.isOver.value) return null;
  const isUp = room.hands.value.includes(room.me);
  if (!room.rights.value.post && !isUp) return null;
  const text = isUp ? t("Lower your hand") : t("Raise your hand");
  const toggle = () => (isUp ? room.commands.lowerHand(room.me) : room.commands.raiseHand());
  return (
    <button class={isSmall ? "btn small hand-here" : "btn block"} type="button" aria-pressed={isUp} onClick={toggle}>
      <Icon name="hand" />
      {isSmall ? <Unseen>{text}</Unseen> : text}
    </button>
  );
}

function Hand({ person, id, isNext }: { person: PersonCard | undefined; id: number; isNext: boolean }): JSX.Element {
  const { room } = usePage();
  const isAway = !room.here.value.includes(id);
  return (
    <li class="person">
      <Avatar person={person} size="s" away={isAway} />
      <span class="grow">
        <b>
          <Name person={person} />
        </b>{" "}
        <Country code={person?.country} />
        <small>{isAway ? t("not here now") : isNext ? t("is next") : t("waits")}</small>
      </span>
      {room.rights.value.moderate && id !== room.me && (
        <button class="icon-btn small" type="button" title={t("Lower this hand")} onClick={() => room.commands.lowerHand(id)}>
          <Icon name="x" />
          <Unseen>{t("Lower the hand of {name}", { name: person?.name ?? "…" })}</Unseen>
        </button>
      )}
    </li>
  );
}
