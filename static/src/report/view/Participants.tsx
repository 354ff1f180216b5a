// Who took part: those who were in the room are ticked already; anybody of the cohort can be added.

import type { JSX } from "preact";
import { compareNames, t } from "../../i18n";
import type { PersonCard } from "../../room/types";
import { Country, Name } from "../../room/view/marks";
import type { FieldEditor } from "../../writing/field_editor";

interface Props {
  id: string;
  editor: FieldEditor<readonly number[]>;
  people: Readonly<Record<string, PersonCard>>;
}

export function Participants({ id, editor, people }: Props): JSX.Element {
  const chosen = editor.shown.value;
  const others = Object.values(people)
    .filter((person) => !person.past && !chosen.includes(person.id))
    .sort((one, other) => compareNames(one.name, other.name));
  const remove = (person: number) => editor.write(chosen.filter((each) => each !== person));
  return (
    <div class="stack s">
      <div class="ticks">
        {chosen.map((person) => (
          <label class="check" key={person}>
            <input type="checkbox" checked onChange={() => remove(person)} />
            <span>
              <Name person={people[person]} /> <Country code={people[person]?.country} />
            </span>
          </label>
        ))}
        {chosen.length === 0 && <p class="muted">{t("Nobody is on the list yet.")}</p>}
      </div>
      {others.length > 0 && (
        <>
          <label class="vh" for={`${id}-add`}>
            {t("Add somebody who took part")}
          </label>
          <select
            class="in"
            id={`${id}-add`}
            value=""
            onChange={({ currentTarget }) => {
              const person = Number(currentTarget.value);
              currentTarget.value = "";
              if (person > 0) editor.write([...chosen, person]);
            }}
          >
            <option value="">{t("Add somebody who took part…")}</option>
            {others.map((person) => (
              <option key={person.id} value={person.id}>
                {person.name}, {person.country}
              </option>
            ))}
          </select>
        </>
      )}
    </div>
  );
}
