// Brings the room to life: the server has drawn it, from here on it follows the log.

import { render } from "preact";
import { browserPorts } from "../live/browser";
import { Live } from "../live/protocol";
import { browserStorage } from "../live/storage";
import { PageContext as ConsultationContext } from "../consultation/context";
import { closeByBack } from "./back";
import { draftAt } from "./composing/draft";
import { beginConsultation, watchConsultation } from "./consultation/begin";
import { Elsewhere } from "./elsewhere";
import { beginGathering, watchGathering } from "./gathering/begin";
import { GatheringContext } from "./gathering/context";
import { watchKeyboard } from "./keyboard";
import { RoomModel } from "./model";
import { takeSpriteIn } from "./sprite";
import { countInTitle } from "./title";
import type { RoomStateCard } from "./types";
import { Ui } from "./ui";
import { PageContext, type RoomPage } from "./view/context";
import { ConnectionMark } from "./view/ConnectionMark";
import { Room } from "./view/Room";

function begin(root: HTMLElement): void {
  const card = JSON.parse(document.getElementById("room-state")?.textContent ?? "") as RoomStateCard;
  const live = new Live(card.me, browserPorts());
  const room = new RoomModel(live, card, Number(root.dataset["head"]));
  const gathering = beginGathering(live, root, card.room.id, browserStorage());
  const consultation = beginConsultation(live, root, browserStorage());
  const page: RoomPage = {
    room,
    ui: new Ui(),
    elsewhere: new Elsewhere(live, `cohort:${root.dataset["cohort"]}`, null, card.room.id),
    storage: browserStorage(),
    uploadPlace: {
      url: root.dataset["upload"] ?? "",
      limit: Number(root.dataset["uploadLimit"]),
      csrfToken: csrfToken(),
    },
    back: wayBack(root),
    retry: () => live.retryNow(),
  };
  const typed = typedBefore(root);
  if (typed !== null && typed.text !== "") {
    const draft = draftAt(page.storage, room.me, card.room.id, null);
    const before = draft.read();
    draft.write(before === "" || typed.text.startsWith(before) ? typed.text : `${before}\n${typed.text}`);
  }
  root.replaceChildren();
  render(
    <PageContext.Provider value={page}>
      <GatheringContext.Provider value={gathering}>
        <ConsultationContext.Provider value={consultation}>
          <Room />
        </ConsultationContext.Provider>
      </GatheringContext.Provider>
    </PageContext.Provider>,
    root,
  );
  if (typed?.hasFocus) root.querySelector("textarea")?.focus();
  const mark = document.querySelector("[data-connection]");
  if (mark !== null) render(<ConnectionMark status={room.connection} />, mark);
  live.start();
  // Without it the icons come one by one, as long as there is a connection.
  takeSpriteIn().catch(() => {});
  watchSurroundings(page);
  if (gathering !== null) watchGathering(gathering, room, page.ui);
  if (consultation !== null) watchConsultation(consultation, page.ui);
}

function wayBack({ dataset }: HTMLElement): RoomPage["back"] {
  const address = dataset["back"];
  return address === undefined ? null : { address, name: dataset["backName"] ?? "", who: dataset["who"] ?? "" };
}

/** What the person wrote before the page came to life. */
function typedBefore(root: HTMLElement): { text: string; hasFocus: boolean } | null {
  const textarea = root.querySelector("textarea");
  return textarea && { text: textarea.value, hasFocus: document.activeElement === textarea };
}

function watchSurroundings({ room, ui, elsewhere }: RoomPage): void {
  countInTitle(() => elsewhere.unread.value + (room.fence.hasNews.value ? 1 : 0));
  watchKeyboard(document.body);
  closeByBack(ui, () => room.closePanel(ui));
  document.addEventListener("visibilitychange", () => room.attend(!document.hidden));
  const seekAddressed = () => {
    const seq = /^#m(\d+)$/.exec(location.hash)?.[1];
    if (seq !== undefined) room.seek(Number(seq), ui);
  };
  window.addEventListener("hashchange", seekAddressed);
  seekAddressed();
}

function csrfToken(): string {
  return document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

const root = document.querySelector<HTMLElement>("[data-room]");
if (root !== null) begin(root);
