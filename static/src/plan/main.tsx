// The pages of a plan: its form comes to life, and the pages to read stay fresh.

import { signal } from "@preact/signals";
import { type JSX, render } from "preact";
import { t } from "../i18n";
import { browserPorts } from "../live/browser";
import { Live } from "../live/protocol";
import { browserStorage } from "../live/storage";
import type { ConnectionStatus, LiveEvent } from "../live/types";
import { takeSpriteIn } from "../room/sprite";
import { Banner } from "../room/view/Banner";
import { ConnectionMark } from "../room/view/ConnectionMark";
import { keepFresh } from "../today/fresh";
import { PlanModel } from "./model";
import type { PlanCard } from "./types";
import type { Options } from "./view/FieldBox";
import { PlanForm } from "./view/PlanForm";

/** Draws the form in the place of the one that works without scripts. */
function beginForm(root: HTMLElement): void {
  const card = JSON.parse(document.getElementById("plan-state")?.textContent ?? "") as PlanCard;
  const options = optionsOf(root);
  const live = new Live(card.me, browserPorts());
  const plan = new PlanModel(live, { card, head: Number(root.dataset["head"]) }, browserStorage());
  const connection = signal<ConnectionStatus>(live.status);
  live.onStatus((status) => (connection.value = status));
  const mark = document.querySelector("[data-connection]");
  if (mark !== null) render(<ConnectionMark status={connection} />, mark);
  root.replaceChildren();
  render(<Page live={live} plan={plan} connection={connection} options={options} />, root);
  live.start();
  takeSpriteIn().catch(() => {});
}

interface Props {
  live: Live;
  plan: PlanModel;
  connection: { readonly value: ConnectionStatus };
  options: Options;
}

function Page({ live, plan, connection, options }: Props): JSX.Element {
  return (
    <>
      <Banner
        connection={connection.value}
        phase={plan.phase.value}
        retry={() => live.retryNow()}
        comfort={t("You can keep writing: we send it when you are back.")}
      />
      <PlanForm plan={plan} options={options} />
    </>
  );
}

/** What the server offers to choose from. */
function optionsOf(root: HTMLElement): Options {
  const found: Record<string, [string, string, string][]> = {};
  for (const list of root.querySelectorAll<HTMLSelectElement>("select[name]")) {
    found[list.name] ??= [...list.options].map((option) => [option.value, option.textContent ?? option.value, headingOf(option)]);
  }
  found["direction"] ??= [
    ["", "–", ""],
    ["up", t("Should rise"), ""],
    ["down", t("Should fall"), ""],
    ["keep", t("Should stay"), ""],
  ];
  return found;
}

function headingOf({ parentElement }: HTMLOptionElement): string {
  return parentElement instanceof HTMLOptGroupElement ? parentElement.label : "";
}

/** Whatever happens to the plan, the parts of the page that show it are fetched anew; a line says who it was. */
function beginPage(root: HTMLElement): void {
  const me = Number(root.dataset["me"]);
  const live = new Live(me, browserPorts());
  const refresh = keepFresh(document);
  const names = JSON.parse(document.getElementById("plan-people")?.textContent ?? "{}") as Record<string, string>;
  const news = root.querySelector("[data-news]");
  const follower = {
    renew: refresh,
    apply: (events: readonly LiveEvent[]) => {
      refresh();
      const by = events.at(-1)?.by ?? null;
      const name = by === null || by === me ? undefined : names[by];
      if (news !== null && name !== undefined) news.textContent = t("{name} has just changed this plan. The page shows it.", { name });
    },
  };
  live.follow(`plan:${root.dataset["plan"]}`, follower, Number(root.dataset["head"]));
  const reporting = root.dataset["reportingHead"];
  if (reporting !== undefined) live.follow(`reporting:${root.dataset["plan"]}`, { renew: refresh, apply: refresh }, Number(reporting));
  live.start();
}

for (const button of document.querySelectorAll<HTMLButtonElement>("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
const form = document.querySelector<HTMLElement>("[data-plan-form]");
const page = document.querySelector<HTMLElement>("[data-plan]");
if (form !== null) beginForm(form);
else if (page !== null) beginPage(page);
else if (document.querySelector("[data-plans]") !== null) keepFresh(document);
