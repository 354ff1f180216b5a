// Somebody asks where to go: a facilitator holds a door open for them. They decide.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t, tn } from "../../i18n";
import { Icon } from "../../room/view/marks";
import { usePage } from "./context";

export function Door(): JSX.Element {
  const { gathering, signals, ui } = usePage();
  const person = useSignal("");
  const space = useSignal("");
  const words = useSignal("");
  const open = async (event: Event) => {
    event.preventDefault();
    if (person.value === "" || space.value === "") {
      words.value = t("Choose a person and a room.");
      return;
    }
    const names = { name: nameOf(Number(person.value)), room: gathering.space(Number(space.value))?.name ?? "…" };
    const answer = await ui.do({ name: "person.invite", data: { person: Number(person.value), space: Number(space.value) } });
    words.value = answer?.isDone ? t("{name} is invited to {room}: the invitation shows on the wall and in rooms.", names) : "";
  };
  const nameOf = (id: number) => gathering.people.value[id]?.name ?? "…";
  return (
    <section class="sheet tight" aria-labelledby="door-title" data-place="door">
      <h2 class="h-sm" id="door-title">
        {t("Help someone to a room")}
      </h2>
      <form class="stack s" onSubmit={(event) => void open(event)}>
        <div class="field">
          <label for="door-person">{t("Person")}</label>
          <select class="in" id="door-person" value={person.value} onChange={(event) => (person.value = event.currentTarget.value)}>
            <option value="">{t("Choose")}</option>
            {signals.everybody.value.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name} · {each.country}
              </option>
            ))}
          </select>
          {person.value !== "" && <Place person={Number(person.value)} />}
        </div>
        <div class="field">
          <label for="door-room">{t("Room")}</label>
          <select class="in" id="door-room" value={space.value} onChange={(event) => (space.value = event.currentTarget.value)}>
            <option value="">{t("Choose")}</option>
            {gathering.spaces.value.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name} · {tn("{n} person", "{n} people", gathering.inSpaces.value.get(each.id)?.length ?? 0)}
              </option>
            ))}
          </select>
        </div>
        <button class="btn" type="submit">
          <Icon name="door-open" />
          {t("Open the door")}
        </button>
        <p class="micro muted" role="status">
          {words.value || t("They see an invitation and decide themselves.")}
        </p>
      </form>
    </section>
  );
}

function Place({ person }: { person: number }): JSX.Element {
  const { gathering, signals } = usePage();
  const space = gathering.space(gathering.where.value[person] ?? null);
  const place = space === undefined ? t("Is nowhere now") : t("Is in {room} now", { room: space.name });
  return <p class="hint">{signals.here.value.has(person) ? place : `${place}, ${t("not connected")}`}</p>;
}
