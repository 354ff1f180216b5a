// The people offered for an "@…". The focus stays in the text; arrows choose, Enter or Tab takes.

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t, tn } from "../../i18n";
import type { PersonCard } from "../types";
import { usePage } from "./context";
import { Avatar, Country, Name } from "./marks";

interface Props {
  id: string;
  people: readonly PersonCard[];
  hasMore: boolean;
  active: number;
  take: (index: number) => void;
}

export function optionId(id: string, index: number): string {
  return `${id}-offer-${index}`;
}

export function Completion({ id, people, hasMore, active, take }: Props): JSX.Element {
  const { ui } = usePage();
  useEffect(() => {
    ui.spoken.value = tn("{n} person to choose from", "{n} people to choose from", people.length);
  }, [people.length]);
  return (
    <div class="completion">
      <ul id={`${id}-offers`} role="listbox" aria-label={t("People")}>
        {people.map((person, index) => (
          <li
            key={person.id}
            id={optionId(id, index)}
            role="option"
            aria-selected={index === active}
            // Before the text field loses the focus.
            onPointerDown={(event) => {
              event.preventDefault();
              take(index);
            }}
          >
            <Avatar person={person} size="s" />
            <span class="grow">
              <b>
                <Name person={person} />
              </b>{" "}
              <Country code={person.country} />
              <small>{person.institution}</small>
            </span>
          </li>
        ))}
      </ul>
      {hasMore && <p class="micro muted">{t("Write more letters to see other people.")}</p>}
    </div>
  );
}
