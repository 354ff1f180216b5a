import { browserPorts } from "../live/browser";
import { Live } from "../live/protocol";
import { showWhoIsHere } from "./cohort";
import { showNow } from "./day";
import { keepFresh } from "./fresh";

showNow(document);
const refresh = keepFresh(document);
const cohort = document.querySelector<HTMLElement>("[data-cohort]");
if (cohort !== null) {
  const live = new Live(Number(cohort.dataset["me"]), browserPorts());
  live.follow(`cohort:${cohort.dataset["cohort"]}`, {
    renew: () => undefined,
    apply: refresh,
    here: (people) => showWhoIsHere(cohort, new Set(people)),
    signal: (name) => {
      if (name === "activity") refresh();
    },
  });
  live.start();
}
