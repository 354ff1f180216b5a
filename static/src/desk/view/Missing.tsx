// Who has not come along: not connected, nowhere, or has not tried to move to another room.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t, tn } from "../../i18n";
import type { PersonCard } from "../../openspace/types";
import { Country, Name } from "../../room/view/marks";
import { usePage } from "./context";

export function Missing(): JSX.Element {
  const { gathering, signals } = usePage();
  const everybody = signals.everybody.value;
  const here = signals.here.value;
  const [present, absent] = [everybody.filter(({ id }) => here.has(id)), everybody.filter(({ id }) => !here.has(id))];
  const been = signals.been.value;
  const unmoved = present.filter(({ id, role }) => role === "participant" && (been[id]?.length ?? 0) < 2);
  const nowhere = present.filter(({ id }) => gathering.where.value[id] === undefined);
  const isBeginning = ["preparing", "opening", "marketplace"].includes(gathering.card.value.stage);
  return (
    <section class="sheet tight stack" aria-labelledby="missing-title">
      <header>
        <h2 class="h-sm" id="missing-title">
          {t("Is everybody along?")}
        </h2>
      </header>
      {isBeginning && (
        <Names
          title={tn("{n} has not tried to move yet", "{n} have not tried to move yet", unmoved.length)}
          none={t("Everybody who is connected has tried to move.")}
          people={unmoved}
          isOpen
        />
      )}
      <Names title={tn("{n} is not connected", "{n} are not connected", absent.length)} none={t("Everybody is connected.")} people={absent} isOpen={isBeginning} />
      {!isBeginning && (
        <Names title={tn("{n} is nowhere, which is fine", "{n} are nowhere, which is fine", nowhere.length)} none="" people={nowhere} isOpen={false} />
      )}
    </section>
  );
}

interface NamesProps {
  title: string;
  /** Said when there is nobody. */
  none: string;
  people: readonly PersonCard[];
  isOpen: boolean;
}

function Names({ title, none, people, isOpen }: NamesProps): JSX.Element | null {
  // Hundreds of names are drawn only while somebody looks at them.
  const isLookedAt = useSignal(isOpen);
  if (people.length === 0) return none === "" ? null : <p class="small muted">{none}</p>;
  return (
    <details class="more" open={isOpen} onToggle={(event) => (isLookedAt.value = event.currentTarget.open)}>
      <summary class="link-btn">{title}</summary>
      {isLookedAt.value && (
        <ul class="desk-names">
          {people.map((person) => (
            <li key={person.id}>
              <Name person={person} /> <Country code={person.country} />
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
