// The page of notices stays true while it is open: its list is taken anew when a notice comes or is read elsewhere.

import { browserPorts } from "../live/browser";
import { Live } from "../live/protocol";
import { watchPush } from "./push_switch";

const list = document.querySelector<HTMLElement>("[data-notices]");
if (list !== null) keepFresh(list);
const push = document.querySelector<HTMLElement>("[data-push]");
if (push !== null) void watchPush(push);

function keepFresh(list: HTMLElement): void {
  const live = new Live(Number(list.dataset["notices"]), browserPorts());
  let isStale = false;
  const look = (): void => {
    isStale = list.contains(document.activeElement);
    if (!isStale) void refresh(list).catch(() => undefined);
  };
  document.addEventListener("synergy:notices", look);
  // Nothing is taken from under the hands of somebody who is in the list.
  list.addEventListener("focusout", () => setTimeout(() => isStale && look()));
  live.start();
}

async function refresh(list: HTMLElement): Promise<void> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html", "X-Refresh": "1" } });
  // Signed out meanwhile: the next press leads to the sign-in page.
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-notices]");
  if (fresh !== null) list.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
}
