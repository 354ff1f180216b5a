// The page of a topic: its report comes to life.

import { signal, useSignal } from "@preact/signals";
import { type JSX, render } from "preact";
import { t } from "../i18n";
import { browserPorts } from "../live/browser";
import { Live } from "../live/protocol";
import { browserStorage } from "../live/storage";
import { CommandRefused } from "../live/sender";
import type { TopicCard } from "../openspace/types";
import { ReportModel } from "../report/model";
import type { ReportCard } from "../report/types";
import { ReportForm } from "../report/view/ReportForm";
import { takeSpriteIn } from "../room/sprite";
import { ConnectionMark } from "../room/view/ConnectionMark";
import { Banner } from "../room/view/Banner";
import type { ConnectionStatus } from "../live/types";

function begin(root: HTMLElement): void {
  const card = read<ReportCard>("report-state");
  const topic = read<TopicCard>("topic-card");
  const live = new Live(card.me, browserPorts());
  const report = new ReportModel(live, card.topic, browserStorage(), { card, head: Number(root.dataset["head"]) });
  const connection = signal<ConnectionStatus>(live.status);
  live.onStatus((status) => (connection.value = status));
  const heading = root.querySelector("h2");
  root.replaceChildren(...(heading === null ? [] : [heading]));
  const place = root.appendChild(document.createElement("div"));
  render(
    <Page live={live} report={report} topic={topic} connection={connection} mayMark={root.dataset["mayMark"] === "yes"} />,
    place,
  );
  const mark = document.querySelector("[data-connection]");
  if (mark !== null) render(<ConnectionMark status={connection} />, mark);
  live.start();
  takeSpriteIn().catch(() => {});
}

interface Props {
  live: Live;
  report: ReportModel;
  topic: TopicCard;
  connection: { readonly value: ConnectionStatus };
  mayMark: boolean;
}

function Page({ live, report, topic, connection, mayMark }: Props): JSX.Element {
  const card = useSignal(topic);
  const mark = async (tookPlace: boolean) => {
    const gathering = report.state.value?.gathering;
    try {
      await live.send(`gathering:${gathering}`, "topic.mark", { topic: topic.id, took_place: tookPlace }).done;
      card.value = { ...card.value, did_not_happen: !tookPlace };
    } catch (error) {
      report.desk.complaint.value = error instanceof CommandRefused ? error.message : t("This did not work. Try again.");
    }
  };
  return (
    <>
      <Banner
        connection={connection.value}
        phase={report.phase.value}
        retry={() => live.retryNow()}
        comfort={t("You can keep writing: we send it when you are back.")}
      />
      <ReportForm report={report} topic={card.value} mayMark={mayMark} mark={(tookPlace) => void mark(tookPlace)} />
    </>
  );
}

function read<Card>(id: string): Card {
  return JSON.parse(document.getElementById(id)?.textContent ?? "") as Card;
}

const root = document.querySelector<HTMLElement>("[data-report]");
if (root !== null) begin(root);
