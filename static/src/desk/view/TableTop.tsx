// A room from above: who sits at the table, by country. A ring instead of a dot: their line is down.

import type { JSX } from "preact";
import type { PersonCard } from "../../openspace/types";

/** Places that are drawn; the number in the middle counts everybody. */
const MOST = 12;
/** Fewer people leave some of these open. */
const FEWEST = 6;

interface Props {
  people: readonly (PersonCard | undefined)[];
  isConnected: (id: number) => boolean;
}

export function TableTop({ people, isConnected }: Props): JSX.Element {
  const seats = Math.min(MOST, Math.max(FEWEST, people.length));
  // More people than places: every so many of them, so that the mix of countries stays.
  const every = Math.max(1, people.length / seats);
  const places = Array.from({ length: seats }, (_none, at) => people[Math.floor(at * every)]);
  return (
    <svg class="table-top" viewBox="0 0 100 100" aria-hidden="true">
      <circle cx="50" cy="50" r="24" class="tt" />
      {places.map((person, at) => {
        const angle = (at / seats) * 2 * Math.PI;
        const place = { cx: (50 + 38 * Math.sin(angle)).toFixed(1), cy: (50 - 38 * Math.cos(angle)).toFixed(1) };
        if (at >= people.length) return <circle key={at} {...place} r="7" class="vac" />;
        const isOff = person !== undefined && !isConnected(person.id);
        return <circle key={at} {...place} r={isOff ? "6.75" : "8"} class={isOff ? "off" : ""} data-c={person?.country.toLowerCase()} />;
      })}
      <text x="50" y="59" text-anchor="middle">
        {people.length}
      </text>
    </svg>
  );
}
