// Brings the wall to life: the server has drawn it, from here on it follows the log.

import { render } from "preact";
import { browserPorts } from "../live/browser";
import { Live } from "../live/protocol";
import { browserStorage } from "../live/storage";
import { callShownAtOnce, shownAtOnce } from "../openspace/at_once";
import { Gong } from "../openspace/gong";
import { watchLandings } from "../openspace/landings";
import { GatheringModel } from "../openspace/model";
import type { GatheringStateCard } from "../openspace/types";
import { takeSpriteIn } from "../room/sprite";
import { ConnectionMark } from "../room/view/ConnectionMark";
import { PageContext, type WallPage } from "./context";
import { growIn } from "./grow";
import { WallUi } from "./ui";
import { rowsOf } from "./view/Board";
import { Wall } from "./view/Wall";

function begin(root: HTMLElement): void {
  const card = JSON.parse(document.getElementById("gathering-state")?.textContent ?? "") as GatheringStateCard;
  const live = new Live(card.me, browserPorts());
  const gathering = new GatheringModel(live, card, Number(root.dataset["head"]));
  const page: WallPage = {
    gathering,
    ui: new WallUi(),
    gong: new Gong(browserStorage()),
    votesUrl: root.dataset["votes"] ?? "",
    retry: () => live.retryNow(),
    visit: (url) => location.assign(url),
  };
  setTimeout(() =>
    growIn(root, rowsOf(gathering), (place, rows) =>
      render(<PageContext.Provider value={page}><Wall rows={rows} /></PageContext.Provider>, place),
    ),
  );
  const mark = document.querySelector("[data-connection]");
  if (mark !== null) render(<ConnectionMark status={gathering.connection} />, mark);
  live.start();
  gathering.time.start();
  // Without it the icons come one by one, as long as there is a connection.
  takeSpriteIn().catch(() => {});
  listen(page);
}

function listen({ gathering, ui, gong }: WallPage): void {
  watchLandings(gathering, (text) => ui.speak(text));
  gathering.onEvents.add((events) => {
    for (const event of events.filter((each) => gathering.isNow(each))) {
      if (event.name === "gong.rung" || event.name === "round.started" || event.name === "round.ended") gong.ring();
      const text = callShownAtOnce(gathering, event) ?? shownAtOnce(event);
      if (text !== null) ui.say(text);
      if (event.name === "person.invited" && event.data.person === gathering.me) {
        ui.invite({ kind: "invitation", by: event.by ?? 0, space: event.data.space });
      }
    }
  });
  gathering.commands.complaint.subscribe((complaint) => {
    if (complaint === null) return;
    ui.say(complaint);
    gathering.commands.complaint.value = null;
  });
}

const root = document.querySelector<HTMLElement>("[data-wall]");
if (root !== null) begin(root);
