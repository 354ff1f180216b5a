// Brings the facilitators' desk to life: the server has drawn it, from here on it follows the log.

import { render } from "preact";
import { browserPorts } from "../live/browser";
import { Live } from "../live/protocol";
import { GatheringModel } from "../openspace/model";
import type { GatheringStateCard } from "../openspace/types";
import { takeSpriteIn } from "../room/sprite";
import { countInTitle } from "../room/title";
import { ConnectionMark } from "../room/view/ConnectionMark";
import { Keys } from "./keys";
import type { DeskCard } from "./pace";
import { Talk } from "./talk";
import { Ui } from "./ui";
import { type DeskPage, PageContext } from "./view/context";
import { Desk } from "./view/Desk";
import { pressed } from "./shortcuts";

function begin(root: HTMLElement): void {
  const { dataset } = root;
  const card = read<GatheringStateCard>("gathering-state");
  const live = new Live(card.me, browserPorts());
  const gathering = new GatheringModel(live, card, Number(dataset["head"]));
  const page: DeskPage = {
    gathering,
    talk: new Talk(live, gathering, dataset["cohort"] ?? "", read<DeskCard>("desk-state"), dataset["talk"] ?? ""),
    ui: new Ui(gathering.commands),
    keys: new Keys(storage()),
    links: {
      wall: dataset["wall"] ?? "",
      projector: dataset["projector"] ?? "",
      prepare: dataset["prepare"] ?? "",
      proceedings: dataset["proceedings"] ?? "",
    },
    retry: () => live.retryNow(),
  };
  root.replaceChildren();
  render(<PageContext.Provider value={page}><Desk /></PageContext.Provider>, root);
  const mark = document.querySelector("[data-connection]");
  if (mark !== null) render(<ConnectionMark status={gathering.connection} />, mark);
  countInTitle(() => gathering.calls.value.filter(({ state }) => state === "open").length);
  page.keys.listen((key) => pressed(key, page));
  live.start();
  gathering.time.start();
  takeSpriteIn().catch(() => {});
}

function read<Card>(id: string): Card {
  return JSON.parse(document.getElementById(id)?.textContent ?? "") as Card;
}

/** Reading `localStorage` itself throws where site data is blocked. */
function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

const root = document.querySelector<HTMLElement>("[data-desk]");
if (root !== null) begin(root);
