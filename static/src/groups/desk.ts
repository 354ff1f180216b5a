// Sends the page's own forms and follows what others do: after each answer the parts of the page are those of the server.

import { signal } from "@preact/signals";
import { t, tn } from "../i18n";
import { type Places, movedSince, placesIn } from "./places";
import { isBegun, takeIn } from "./parts";

/** Milliseconds in which events of others become one fetch. */
const SOON = 300;

export class GroupsDesk {
  /** A short word at the edge of the page, for what could not be sent. */
  readonly toast = signal<string | null>(null);
  /** Called with the page that was answered, whenever parts of it were taken in. */
  onFresh: (html: string) => void = () => {};
  #planned: ReturnType<typeof setTimeout> | undefined;
  #sent = 0;
  #toastTimer: ReturnType<typeof setTimeout> | undefined;

  /** Presses a button of the page, or what stands for one. Only one is under way at a time. */
  async press(form: FormData): Promise<boolean> {
    const number = ++this.#sent;
    clearTimeout(this.#planned);
    try {
      const answer = await fetch(location.pathname, { method: "POST", body: form, headers: { Accept: "text/html" } });
      if (answer.redirected && new URL(answer.url).pathname !== location.pathname) return leave(answer.url);
      const html = await answer.text();
      if (!html.includes("data-make")) throw new Error(`answer ${answer.status}`);
      if (number === this.#sent) this.#show(html, false);
      return answer.ok;
    } catch {
      this.say(t("This could not be sent. Look at your connection and try again."));
      this.refreshSoon(); // the answer to a press before this one was not shown
      return false;
    }
  }

  /** Fetches the parts soon, because somebody else did something. */
  refreshSoon(): void {
    clearTimeout(this.#planned);
    this.#planned = setTimeout(() => void this.refresh(), SOON);
  }

  async refresh(): Promise<void> {
    const number = this.#sent;
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } }).catch(() => null);
    if (answer === null || !answer.ok || answer.redirected) return;
    const html = await answer.text();
    if (number === this.#sent) this.#show(html, true);
  }

  say(text: string): void {
    clearTimeout(this.#toastTimer);
    this.toast.value = text;
    this.#toastTimer = setTimeout(() => (this.toast.value = null), 8_000);
  }

  /** `byOthers`: who was moved is marked and read out, and what was said to this person stays. */
  #show(html: string, byOthers: boolean): void {
    const before = placesIn(document);
    const isMine = (name: string | undefined) => name === "said" || name === "refused";
    takeIn(document, html, (part) => byOthers && (isMine(part.dataset["part"]) || (part.dataset["part"] === "wishes" && isBegun(part))));
    this.onFresh(html);
    if (byOthers) this.#tell(before);
  }

  #tell(before: Places): void {
    const moved = movedSince(before, placesIn(document));
    for (const { row } of moved) row.dataset["moved"] = "";
    if (moved.length === 0) return;
    const [first] = moved;
    const spoken = document.querySelector("[data-spoken]");
    if (spoken === null || first === undefined) return;
    spoken.textContent =
      moved.length > 1
        ? tn("{n} person has another group now.", "{n} people have another group now.", moved.length)
        : first.number === 0
          ? t("{name} is in no group now.", { name: first.name })
          : t("{name} is in group {number} now.", { name: first.name, number: first.number });
  }
}

function leave(url: string): boolean {
  location.assign(url);
  return true;
}
