// The wall on a big screen: follows the log, shows the round that runs first, and turns its pages by itself.

import { render } from "preact";
import { browserPorts } from "../live/browser";
import { Live } from "../live/protocol";
import { Gong } from "../openspace/gong";
import { GatheringModel } from "../openspace/model";
import type { GatheringStateCard } from "../openspace/types";
import { PageContext, type WallPage } from "../wall/context";
import { WallUi } from "../wall/ui";
import { Projector } from "./Projector";

function begin(root: HTMLElement): void {
  const card = JSON.parse(document.getElementById("gathering-state")?.textContent ?? "") as GatheringStateCard;
  const live = new Live(card.me, browserPorts());
  const gathering = new GatheringModel(live, card, Number(root.dataset["head"]));
  const page: WallPage = {
    gathering,
    ui: new WallUi(),
    gong: new Gong(null),
    votesUrl: "",
    retry: () => live.retryNow(),
    visit: () => {},
  };
  root.replaceChildren();
  render(<PageContext.Provider value={page}><Projector /></PageContext.Provider>, root);
  root.dataset["alive"] = "";
  live.start();
  gathering.time.start();
}

const root = document.querySelector<HTMLElement>("[data-projector]");
if (root !== null) begin(root);
