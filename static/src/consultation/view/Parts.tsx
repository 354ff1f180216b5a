// Who has which part: chosen before the start, and changed while it runs.

import type { JSX } from "preact";
import { compareNames, t } from "../../i18n";
import { Country, Icon, Name } from "../../room/view/marks";
import { useConsultation } from "../context";
import { isLeading, may, partOf } from "../rights";
import type { ConsultationCard, PartName } from "../types";
import { PARTS, partName, sizeHint } from "../words";
import { peopleOf } from "./Speakers";

export function Parts({ isOpen }: { isOpen: boolean }): JSX.Element | null {
  const card = useConsultation().consultation.state.value;
  if (!may(card, "part.set")) return null;
  if (!isLeading(card)) return <ChooseFacilitator />;
  const hint = sizeHint(card);
  const form = (
    <ul class="roles-form">
      {candidates(card).map((id) => (
        <PartChoice key={id} person={id} />
      ))}
    </ul>
  );
  if (!isOpen) {
    return (
      <details>
        <summary class="link-btn">{t("Change the parts")}</summary>
        {form}
      </details>
    );
  }
  return (
    <section class="stack s">
      <h3>{t("Who has which part")}</h3>
      <p class="small muted">{t("The case giver comes from {institution}. Who has no other part is a peer.", { institution: card.institution_name })}</p>
      {hint !== null && (
        <p class="note">
          <Icon name="users" />
          <span>{hint}</span>
        </p>
      )}
      {form}
    </section>
  );
}

/** As long as nobody of the group leads, anybody of it may say who does. */
function ChooseFacilitator(): JSX.Element | null {
  const { consultation } = useConsultation();
  const card = consultation.state.value;
  if (card.parts.some(({ part }) => part === "facilitator")) return null;
  const choose = (who: number) => {
    const seen = card.parts.find(({ id }) => id === who)?.part ?? null;
    void consultation.do("part.set", { who, part: "facilitator", seen });
  };
  const people = peopleOf(card).filter(([, part]) => part !== "case_giver" && part !== "observer");
  return (
    <section class="stack s">
      <h3 id="choose-h">{t("Who leads?")}</h3>
      <p class="small muted">{t("A facilitator of the programme can lead, or choose somebody of the group. Who leads keeps the clock and the order.")}</p>
      <ul class="row tight" aria-labelledby="choose-h">
        {people.map(([id]) => (
          <li key={id}>
            <button class="btn small" type="button" onClick={() => choose(id)}>
              {t("Let {name} lead", { name: card.people[id]?.name ?? "" })}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Those who take part, then those who may come to facilitate. */
function candidates(card: ConsultationCard): readonly number[] {
  const inside = peopleOf(card).map(([id]) => id);
  const name = (id: number) => card.people[id]?.name ?? "";
  const others = card.can_facilitate.filter((id) => !inside.includes(id)).sort((one, other) => compareNames(name(one), name(other)));
  // In the order of the names, so that nobody jumps away when their part is changed.
  return [...inside.sort((one, other) => compareNames(name(one), name(other))), ...others];
}

function PartChoice({ person }: { person: number }): JSX.Element {
  const { consultation } = useConsultation();
  const card = consultation.state.value;
  const part = partOf(card, person);
  const seen = card.parts.find(({ id }) => id === person)?.part ?? null;
  const choose = async (select: HTMLSelectElement) => {
    const answer = await consultation.do("part.set", { who: person, part: select.value as PartName, seen });
    if (!answer.isDone) select.value = part ?? "";
  };
  const field = `part-${person}`;
  return (
    <li>
      <label for={field} class="small">
        <Name person={card.people[person]} /> <Country code={card.people[person]?.country} />
      </label>
      <select class="in" id={field} value={part ?? ""} onChange={({ currentTarget }) => void choose(currentTarget)}>
        {part === null && <option value="">{t("Not in it")}</option>}
        {partsFor(card, person, part).map((each) => (
          <option key={each} value={each}>
            {partName(each)}
          </option>
        ))}
      </select>
    </li>
  );
}

function partsFor(card: ConsultationCard, person: number, part: PartName | null): readonly PartName[] {
  const isInside = card.members.includes(person);
  if (!isInside && card.can_facilitate.includes(person)) return part === "observer" ? ["facilitator", "observer"] : ["facilitator"];
  return PARTS.filter((each) => each !== "case_giver" || part === "case_giver" || card.can_give_case.includes(person));
}
