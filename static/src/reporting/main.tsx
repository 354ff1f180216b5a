// The pages of reports: the form comes to life, the pages to read stay fresh, the paper is printed.

import { signal } from "@preact/signals";
import { type JSX, render } from "preact";
import { t } from "../i18n";
import { browserPorts } from "../live/browser";
import { Live } from "../live/protocol";
import { browserStorage } from "../live/storage";
import type { ConnectionStatus } from "../live/types";
import { takeSpriteIn } from "../room/sprite";
import { Banner } from "../room/view/Banner";
import { ConnectionMark } from "../room/view/ConnectionMark";
import { keepFresh } from "../today/fresh";
import { ReportModel } from "./model";
import type { Label, ReportCard } from "./types";
import type { Options } from "./view/FieldBox";
import { ReportForm } from "./view/ReportForm";

/** Draws the form in the place of the one that works without scripts. */
function beginForm(root: HTMLElement): void {
  const card = read<ReportCard>("report-state");
  const options = optionsOf(root);
  const live = new Live(card.me, browserPorts());
  const report = new ReportModel(live, card, Number(root.dataset["head"]), read<Label[]>("report-labels"), browserStorage());
  const connection = signal<ConnectionStatus>(live.status);
  live.onStatus((status) => (connection.value = status));
  const mark = document.querySelector("[data-connection]");
  if (mark !== null) render(<ConnectionMark status={connection} />, mark);
  const maySubmit = root.dataset["maySubmit"] !== undefined;
  const runsUntil = root.dataset["runsUntil"] ?? "";
  root.replaceChildren();
  render(<Page live={live} report={report} connection={connection} options={options} maySubmit={maySubmit} runsUntil={runsUntil} />, root);
  live.start();
  takeSpriteIn().catch(() => {});
}

interface Props {
  live: Live;
  report: ReportModel;
  connection: { readonly value: ConnectionStatus };
  options: Options;
  maySubmit: boolean;
  runsUntil: string;
}

function Page({ live, report, connection, options, maySubmit, runsUntil }: Props): JSX.Element {
  return (
    <>
      <Banner
        connection={connection.value}
        phase={report.phase.value}
        retry={() => live.retryNow()}
        comfort={t("You can keep writing: we send it when you are back.")}
      />
      <ReportForm report={report} options={options} maySubmit={maySubmit} runsUntil={runsUntil} />
    </>
  );
}

function read<Shape>(id: string): Shape {
  return JSON.parse(document.getElementById(id)?.textContent ?? "") as Shape;
}

/** What the server offers to choose from. */
function optionsOf(root: HTMLElement): Options {
  const found: Record<string, [string, string][]> = {};
  for (const list of root.querySelectorAll<HTMLSelectElement>("select[name]")) {
    found[list.name] ??= [...list.options].map(({ value, textContent }) => [value, textContent ?? value]);
  }
  return found;
}

/** Whatever happens in the stream, the parts of the page that show it are fetched anew. */
function beginPage(root: HTMLElement): void {
  const live = new Live(Number(root.dataset["me"]), browserPorts());
  const refresh = keepFresh(document);
  live.follow(root.dataset["reporting"] ?? "", { renew: refresh, apply: refresh }, Number(root.dataset["head"]));
  live.start();
}

for (const button of document.querySelectorAll<HTMLButtonElement>("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
const form = document.querySelector<HTMLElement>("[data-report-form]");
const page = document.querySelector<HTMLElement>("[data-reporting]");
if (form !== null) beginForm(form);
else if (page !== null) beginPage(page);
