// Reactions are words. A press adds or takes back one's own.

import type { JSX } from "preact";
import { t } from "../../i18n";
import { reactionsOffered } from "../choices";
import type { MessageCard } from "../types";
import { usePage } from "./context";
import { Icon } from "./marks";

export function Reactions({ card, tabIndex }: { card: MessageCard; tabIndex: number }): JSX.Element | null {
  const { room } = usePage();
  const { me } = room;
  const people = room.people.value;
  const rights = room.rights.value;
  const given = reactionsOffered().filter(({ kind }) => (card.reactions[kind]?.length ?? 0) > 0);
  if (given.length === 0) return null;
  return (
    <ul class="msg-x" aria-label={t("Reactions")}>
      {given.map(({ kind, word, icon }) => {
        const ids = card.reactions[kind] ?? [];
        const names = ids.map((id) => people[id]?.name ?? "…").join(", ");
        return (
          <li key={kind}>
            <button
              class="react"
              type="button"
              tabIndex={tabIndex}
              aria-pressed={ids.includes(me)}
              aria-label={`${word} ${ids.length}: ${names}`}
              aria-disabled={!rights.post}
              title={names}
              onClick={() => rights.post && room.commands.toggleReaction(card, kind)}
            >
              <Icon name={icon} />
              {word} <span class="num">{ids.length}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
