// The talking piece goes round: who holds it, who comes next.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../i18n";
import type { CircleCard, CircleKind } from "../../openspace/types";
import { filled } from "../../room/view/filled";
import { Country, Name } from "../../room/view/marks";
import { usePage } from "./context";

const COMING = 3;

export function Circle(): JSX.Element | null {
  const { gathering } = usePage();
  const { circle, stage } = gathering.card.value;
  if (circle === null && stage !== "opening" && stage !== "closing") return null;
  const kind = circle?.kind ?? (stage as CircleKind);
  return (
    <section class="sheet tight" aria-labelledby="circle-title">
      <h2 class="h-sm" id="circle-title">
        {kind === "opening" ? t("Opening circle") : t("Closing circle")}
      </h2>
      {circle === null ? <Begin kind={kind} /> : <Sitting circle={circle} />}
    </section>
  );
}

function Begin({ kind }: { kind: CircleKind }): JSX.Element {
  const { gathering, ui } = usePage();
  const begin = () => {
    // Alone at the desk, with the others round one screen, nobody can be told apart by who is connected.
    const here = gathering.here.value;
    void ui.do({ name: "circle.start", data: here.length > 1 ? { kind, people: here } : { kind } });
  };
  return (
    <>
      <p class="small ink2">
        {kind === "opening"
          ? t("A talking piece goes from person to person. Everybody says who they are.")
          : t("A talking piece goes from person to person. Everybody says one short word.")}
      </p>
      <div>
        <button class="btn" type="button" onClick={begin}>
          {t("Start the circle")}
        </button>
      </div>
    </>
  );
}

function Sitting({ circle }: { circle: CircleCard }): JSX.Element {
  const { gathering, ui } = usePage();
  const people = gathering.people.value;
  const holder = circle.order[circle.at];
  const person = holder === undefined ? undefined : people[holder];
  const coming = circle.order.slice(circle.at + 1, circle.at + 1 + COMING);
  // Who holds it has had it.
  const left = circle.order.length - circle.at - 1;
  const end = () => {
    const run = { name: "circle.end", data: {} } as const;
    const question = {
      title: t("End the circle?"),
      text: t("Some have not had the talking piece yet."),
      yes: t("End the circle"),
      no: t("Let it go on"),
    };
    ui.begin(left > 0 ? { run, question } : { run });
  };
  return (
    <>
      <p aria-live="polite">
        {person === undefined
          ? t("Everybody has had the talking piece.")
          : filled(t("{name} has the talking piece."), {
              name: (
                <>
                  <b>
                    <Name person={person} />
                  </b>{" "}
                  <Country code={person.country} />
                </>
              ),
            })}
      </p>
      <p class="small muted">
        {t("{at} of {all}", { at: Math.min(circle.at + 1, circle.order.length), all: circle.order.length })}
        {coming.length > 0 && <> · {t("then {names}", { names: coming.map((id) => people[id]?.name ?? "…").join(", ") })}</>}
      </p>
      <div class="row tight">
        {person !== undefined && (
          <button class="btn small main" type="button" onClick={() => void ui.do({ name: "circle.pass", data: { holder: person.id } })}>
            {t("Pass it on")}
          </button>
        )}
        <button class="btn small" type="button" onClick={end}>
          {t("End the circle")}
        </button>
      </div>
      <PassTo circle={circle} />
    </>
  );
}

function PassTo({ circle }: { circle: CircleCard }): JSX.Element {
  const { gathering, ui } = usePage();
  const to = useSignal("");
  const others = Object.values(gathering.people.value).filter(
    ({ id, role, past }) => !circle.order.includes(id) && role !== "observer" && past !== true,
  );
  const give = (event: Event) => {
    event.preventDefault();
    const holder = circle.order[circle.at];
    const data = { to: Number(to.value), ...(holder === undefined ? {} : { holder }) };
    if (to.value !== "") void ui.do({ name: "circle.pass", data });
    to.value = "";
  };
  return (
    <form class="field-row" onSubmit={give}>
      <div class="field">
        <label for="circle-to">{t("Or give it to")}</label>
        <select class="in" id="circle-to" value={to.value} onChange={(event) => (to.value = event.currentTarget.value)}>
          <option value="">{t("Choose")}</option>
          {[...circle.order, ...others.map(({ id }) => id)].map((id) => (
            <option key={id} value={id}>
              {gathering.people.value[id]?.name ?? "…"}
            </option>
          ))}
        </select>
      </div>
      <button class="btn" type="submit">
        {t("Give")}
      </button>
    </form>
  );
}
