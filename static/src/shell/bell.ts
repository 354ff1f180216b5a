// The bell in the bar: how many notices are not read, live on every page that has a connection.
// Such a page says so with the event `synergy:live`; on all others the number is that of the page's loading.
// The bell says `synergy:notices` when one came or was read.

import type { Live } from "../live/protocol";
import type { LiveEvent } from "../live/types";

interface Counted {
  readonly unread: number;
}
type NoticesEvent = LiveEvent & { readonly data: Counted };

export function watchBell(page: Document): void {
  page.addEventListener("synergy:live", (event) => {
    const bell = page.querySelector<HTMLElement>("[data-bell]");
    if (bell !== null) follow((event as CustomEvent<Live>).detail, bell);
  });
}

function follow(live: Live, bell: HTMLElement): void {
  const show = (counted: Counted | undefined) => {
    if (counted === undefined) return;
    showUnread(bell, counted.unread);
    bell.dispatchEvent(new CustomEvent("synergy:notices", { bubbles: true }));
  };
  live.follow<Counted, NoticesEvent>(`person:${bell.dataset["bell"]}`, {
    renew: (state) => {
      if (state.unread !== Number(bell.dataset["unread"])) show(state);
    },
    // One may have come while another was read: the number alone does not tell.
    apply: (events) => show(events.findLast((event) => event.name === "notices.counted")?.data),
  });
}

/** `bell` carries its words with {count}, in the reader's language. */
export function showUnread(bell: HTMLElement, unread: number): void {
  const number = bell.querySelector<HTMLElement>("[data-bell-count]");
  const words = bell.querySelector<HTMLElement>("[data-bell-words]");
  if (number === null || words === null) return;
  bell.dataset["unread"] = String(unread);
  number.hidden = unread === 0;
  number.textContent = unread > 99 ? "99+" : String(unread);
  const text = unread === 0 ? bell.dataset["noWords"] : bell.dataset["words"];
  words.textContent = (text ?? "").replace("{count}", String(unread));
}
