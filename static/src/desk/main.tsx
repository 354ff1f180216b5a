// Brings the facilitators' desk to life: the server has drawn it, from here on it follows the log.

import { effect } from "@preact/signals";
import { render } from "preact";
import { browserPorts } from "../live/browser";
import { Live } from "../live/protocol";
import { browserStorage } from "../live/storage";
import { Gong } from "../openspace/gong";
import { GatheringModel } from "../openspace/model";
import type { GatheringStateCard } from "../openspace/types";
import { takeSpriteIn } from "../room/sprite";
import { countInTitle } from "../room/title";
import { ConnectionMark } from "../room/view/ConnectionMark";
import { Keys } from "./keys";
import type { DeskCard } from "./pace";
import { pressed } from "./shortcuts";
import { DeskSignals } from "./signals";
import { Talk } from "./talk";
import { Ui } from "./ui";
import { type DeskPage, PageContext } from "./view/context";
import { Desk } from "./view/Desk";

function begin(root: HTMLElement): void {
  const { dataset } = root;
  const card = read<GatheringStateCard>("gathering-state");
  const live = new Live(card.me, browserPorts());
  const gathering = new GatheringModel(live, card, Number(dataset["head"]));
  const talk = new Talk(live, gathering, dataset["cohort"] ?? "", read<DeskCard>("desk-state"), dataset["talk"] ?? "");
  const storage = browserStorage();
  const page: DeskPage = {
    gathering,
    talk,
    signals: new DeskSignals(gathering, talk),
    ui: new Ui(gathering.commands),
    keys: new Keys(storage),
    gong: new Gong(storage),
    links: {
      wall: dataset["wall"] ?? "",
      projector: dataset["projector"] ?? "",
      prepare: dataset["prepare"] ?? "",
      proceedings: dataset["proceedings"] ?? "",
    },
    retry: () => live.retryNow(),
  };
  root.replaceChildren();
  effect(() => void root.toggleAttribute("data-alive", gathering.phase.value === "live"));
  render(<PageContext.Provider value={page}><Desk /></PageContext.Provider>, root);
  const mark = document.querySelector("[data-connection]");
  if (mark !== null) render(<ConnectionMark status={gathering.connection} />, mark);
  countInTitle(() => gathering.calls.value.filter(({ state }) => state === "open").length);
  page.keys.listen((key) => pressed(key, page));
  listen(page);
  live.start();
  gathering.time.start();
  takeSpriteIn().catch(() => {});
}

function listen({ gathering, gong, ui }: DeskPage): void {
  gathering.onEvents.add((events) => {
    for (const event of events) {
      const { name, at } = event;
      if (gathering.isNow(event) && (name === "gong.rung" || name === "round.started" || name === "round.ended")) gong.ring();
      if (name === "gong.rung") ui.rungAt.value = at;
    }
  });
}

function read<Card>(id: string): Card {
  return JSON.parse(document.getElementById(id)?.textContent ?? "") as Card;
}

const root = document.querySelector<HTMLElement>("[data-desk]");
if (root !== null) begin(root);
