// What stands on the wall, as far as the facilitators can help: never by placing a topic themselves.

import type { JSX } from "preact";
import { t, tn } from "../../i18n";
import { topicWarnings } from "../../openspace/checks";
import { closingMarket } from "../doings";
import { usePage } from "./context";

export function Market(): JSX.Element {
  const { gathering, ui, links } = usePage();
  const { is_market_open: isOpen, stage } = gathering.card.value;
  const topics = gathering.topics.value.filter(({ state }) => state === "offered");
  const waiting = gathering.waiting.value.length;
  const orphans = topics.filter(({ convener }) => convener === null).length;
  const index = gathering.index.value;
  const clashing = topics.filter((topic) => topicWarnings(index, topic).length > 0).length;
  const requests = gathering.requests.value.length;
  const press = () => {
    const run = { name: "market.set", data: { is_open: !isOpen } } as const;
    ui.begin(isOpen ? { run, question: closingMarket() } : { run });
  };
  return (
    <section class="sheet tight" aria-labelledby="market-title">
      <header>
        <h2 class="h-sm" id="market-title">
          {t("Market")}
        </h2>
        <span class={isOpen ? "badge now" : "badge"}>{isOpen ? t("The market is open") : t("The market is closed")}</span>
      </header>
      <ul class="small">
        <li>{tn("{n} topic", "{n} topics", topics.length)}</li>
        {waiting > 0 && <li>{tn("{n} waits for a place", "{n} wait for a place", waiting)}</li>}
        {orphans > 0 && <li>{tn("{n} has no convener: anybody may adopt it", "{n} have no convener: anybody may adopt them", orphans)}</li>}
        {requests > 0 && <li>{tn("{n} request waits for an answer", "{n} requests wait for an answer", requests)}</li>}
        {clashing > 0 && <li>{tn("{n} topic has a warning", "{n} topics have a warning", clashing)}</li>}
      </ul>
      <div class="row tight">
        {stage !== "closed" && stage !== "preparing" && (
          <button class="btn small" type="button" onClick={press}>
            {isOpen ? t("Close the market") : t("Open the market")}
          </button>
        )}
        <a class="btn small quiet" href={links.wall}>
          {t("Look at the wall")}
        </a>
      </div>
    </section>
  );
}
