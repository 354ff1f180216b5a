// A report to read.

import type { JSX } from "preact";
import { formatDate, t } from "../../i18n";
import { Country, Name } from "../../room/view/marks";
import { questions } from "../fields";
import type { ReportState } from "../store";

export function Confirmed({ state }: { state: ReportState }): JSX.Element {
  const written = questions().filter(({ name }) => state[name] !== "");
  const { next_steps: steps, participants } = state;
  return (
    <>
      {written.map(({ name, label }) => (
        <section key={name}>
          <h3>{label}</h3>
          <div class="as-typed" dir="auto" lang={state.language}>
            {state[name]}
          </div>
        </section>
      ))}
      {steps.length > 0 && (
        <section>
          <h3>{t("Next steps")}</h3>
          <ul class="steps">
            {steps.map(({ what, who, when }, index) => (
              <li key={index}>
                <bdi>{what}</bdi>
                {who !== "" && (
                  <>
                    {" "}
                    · <bdi>{who}</bdi>
                  </>
                )}
                {when !== "" && <time dateTime={when}> · {formatDate(when)}</time>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {participants.length > 0 && (
        <section>
          <h3>{t("Who took part")}</h3>
          <ul class="took-part">
            {participants.map((id) => (
              <li key={id}>
                <Name person={state.people[id]} /> <Country code={state.people[id]?.country} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {written.length === 0 && steps.length === 0 && <p class="muted">{t("Nothing is written here yet.")}</p>}
    </>
  );
}
