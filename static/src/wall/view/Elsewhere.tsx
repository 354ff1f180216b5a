// The same moment on the clocks of the other countries of the cohort.

import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { formatTime } from "../../i18n";
import { zoneTimes } from "../../openspace/zones";
import { Country } from "../../room/view/marks";
import { useWall } from "../context";

export function Elsewhere({ at, isPlain = false }: { at: string; isPlain?: boolean }): JSX.Element {
  const { gathering } = useWall();
  const countries = useComputed(() => Object.values(gathering.people.value).flatMap((person) => (person.past ? [] : [person.country])));
  const others = zoneTimes(at, countries.value).filter(({ clock }) => clock !== formatTime(at));
  if (isPlain) {
    return (
      <>
        {others.map(({ clock, countries: there }) => (
          <p key={clock} class="micro">
            {there.join(" ")} {clock}
          </p>
        ))}
      </>
    );
  }
  return (
    <>
      {others.map(({ clock, countries: there }) => (
        <span key={clock} class="nb there">
          {clock}{" "}
          {there.map((code) => (
            <Country key={code} code={code} />
          ))}
        </span>
      ))}
    </>
  );
}
