// Brings a consultation to life: the server has drawn it, from here on it follows the log.

import { render } from "preact";
import { browserPorts } from "../live/browser";
import { Live } from "../live/protocol";
import { browserStorage } from "../live/storage";
import { takeSpriteIn } from "../room/sprite";
import { ConnectionMark } from "../room/view/ConnectionMark";
import { type ConsultationPage, PageContext } from "./context";
import { ConsultationModel } from "./model";
import { watchNews } from "./news";
import type { ConsultationCard } from "./types";
import { ConsultationUi } from "./ui";
import { Outcome } from "./view/Outcome";
import { Page } from "./view/Page";

function begin(root: HTMLElement): void {
  const card = JSON.parse(document.getElementById("consultation-state")?.textContent ?? "") as ConsultationCard;
  const live = new Live(card.me, browserPorts());
  const storage = browserStorage();
  const page: ConsultationPage = {
    consultation: new ConsultationModel(live, card, Number(root.dataset["head"]), storage),
    ui: new ConsultationUi(),
    storage,
    retry: () => live.retryNow(),
  };
  draw(page, root, <Page />);
  const outcome = document.querySelector<HTMLElement>("[data-outcome]");
  if (outcome !== null) draw(page, outcome, <Outcome planUrl={outcome.dataset["plan"] ?? ""} />);
  const mark = document.querySelector("[data-connection]");
  if (mark !== null) render(<ConnectionMark status={page.consultation.connection} />, mark);
  live.start();
  page.consultation.time.start();
  watchNews(page.consultation, (text) => page.ui.speak(text));
  page.consultation.complaint.subscribe((complaint) => {
    if (complaint === null) return;
    page.ui.say(complaint);
    page.consultation.complaint.value = null;
  });
  // Without it the icons come one by one, as long as there is a connection.
  takeSpriteIn().catch(() => {});
}

function draw(page: ConsultationPage, root: HTMLElement, what: preact.ComponentChild): void {
  root.replaceChildren();
  render(<PageContext.Provider value={page}>{what}</PageContext.Provider>, root);
}

const root = document.querySelector<HTMLElement>("[data-consultation]");
if (root !== null) begin(root);
