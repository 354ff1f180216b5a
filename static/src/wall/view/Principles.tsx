// What every Open Space begins with, in the reader's language; and what is settled beforehand. The same words
// as in sessions/openspace/principles.py, which has them with a line on each.

import type { JSX } from "preact";
import { t } from "../../i18n";
import { inLanguage } from "../../openspace/texts";
import { useWall } from "../context";

export function Principles(): JSX.Element {
  const { gathering } = useWall();
  const { id, givens } = gathering.card.value;
  const settled = inLanguage(givens);
  return (
    <section class="sheet tight stack s" aria-labelledby="principles">
      <h2 class="h-sm" id="principles">
        {t("Five principles and one law")}
      </h2>
      <ol class="os-principles">
        {principles().map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ol>
      <p>
        <b>{t("The law of mobility")}:</b> {t("If you are neither learning nor giving here, go where you can. Nobody will ask why.")}{" "}
        <a href={`/gatherings/${id}/principles/`}>{t("More on the principles")}</a>
      </p>
      {settled.text !== "" && (
        <details>
          <summary>{t("What is settled beforehand")}</summary>
          <p class="as-typed" lang={settled.language} dir="auto">
            {settled.text}
          </p>
        </details>
      )}
    </section>
  );
}

function principles(): string[] {
  return [
    t("Whoever comes are the right people."),
    t("Whatever happens is the only thing that could have."),
    t("Whenever it starts is the right time."),
    t("When it is over, it is over."),
    t("Wherever it happens is the right place."),
  ];
}
