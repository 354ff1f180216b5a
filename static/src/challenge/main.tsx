// The pages of a challenge: its form comes to life, and the page to read stays fresh.

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
import { ChallengeModel } from "./model";
import type { ChallengeCard } from "./types";
import { ChallengeForm } from "./view/ChallengeForm";
import type { Languages } from "./view/Choices";

/** Draws the form in the place of the one that works without scripts. */
function beginForm(root: HTMLElement): void {
  const card = JSON.parse(document.getElementById("challenge-state")?.textContent ?? "") as ChallengeCard;
  const languages = languagesOf(root);
  const live = new Live(card.me, browserPorts());
  const challenge = new ChallengeModel(live, { card, head: Number(root.dataset["head"]) }, browserStorage());
  const connection = signal<ConnectionStatus>(live.status);
  live.onStatus((status) => (connection.value = status));
  const mark = document.querySelector("[data-connection]");
  if (mark !== null) render(<ConnectionMark status={connection} />, mark);
  root.replaceChildren();
  render(<Page live={live} challenge={challenge} connection={connection} languages={languages} />, root);
  const refresh = keepFresh(document);
  challenge.onFacts(refresh);
  live.start();
  takeSpriteIn().catch(() => {});
}

interface Props {
  live: Live;
  challenge: ChallengeModel;
  connection: { readonly value: ConnectionStatus };
  languages: Languages;
}

function Page({ live, challenge, connection, languages }: Props): JSX.Element {
  return (
    <>
      <Banner
        connection={connection.value}
        phase={challenge.phase.value}
        retry={() => live.retryNow()}
        comfort={t("You can keep writing: we send it when you are back.")}
      />
      <ChallengeForm challenge={challenge} languages={languages} />
    </>
  );
}

/** The languages that the server offers. */
function languagesOf(root: HTMLElement): Languages {
  const options = root.querySelectorAll<HTMLOptionElement>("select[name=language] option");
  return [...options].map(({ value, textContent }) => [value, textContent ?? value] as const);
}

/** Whatever happens to the challenge, the parts of the page that show it are fetched anew. */
function beginPage(root: HTMLElement): void {
  const live = new Live(Number(root.dataset["me"]), browserPorts());
  const refresh = keepFresh(document);
  const follower = { renew: () => undefined, apply: refresh };
  live.follow(`challenge:${root.dataset["challenge"]}`, follower, Number(root.dataset["head"]));
  live.start();
}

const form = document.querySelector<HTMLElement>("[data-challenge-form]");
const page = document.querySelector<HTMLElement>("[data-challenge]");
if (form !== null) beginForm(form);
else if (page !== null) beginPage(page);
else if (document.querySelector("[data-challenges]") !== null) keepFresh(document);
