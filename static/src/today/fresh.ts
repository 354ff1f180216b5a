// Keeps the first page true while it is open: once a minute, when something happened, and when the
// page is looked at again, the parts marked `data-fresh` are taken anew from the server.

import { showNow } from "./day";

const AT_LEAST_EVERY = 60_000;
const AT_MOST_EVERY = 5_000;

/** Starts it; the function that is given back asks for a refresh soon. */
export function keepFresh(page: Document): () => void {
  let last = Date.now();
  let planned: ReturnType<typeof setTimeout> | undefined;

  function now(): void {
    clearTimeout(planned);
    planned = undefined;
    if (page.hidden) return;
    last = Date.now();
    refresh(page).catch(() => undefined);
  }

  function soon(): void {
    planned ??= setTimeout(now, Math.max(500, last + AT_MOST_EVERY - Date.now()));
  }

  setInterval(now, AT_LEAST_EVERY);
  page.addEventListener("visibilitychange", now);
  return soon;
}

async function refresh(page: Document): Promise<void> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html", "X-Refresh": "1" } });
  // Signed out meanwhile: the next press leads to the sign-in page.
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of page.querySelectorAll<HTMLElement>("[data-fresh]")) replace(part, fresh, page);
}

/** What is the same, or what somebody uses, is left alone. */
function replace(part: HTMLElement, fresh: Document, page: Document): void {
  const newer = fresh.querySelector(`[data-fresh="${CSS.escape(part.dataset["fresh"] ?? "")}"]`);
  if (newer === null || shownBy(newer) === shownBy(part) || isInUse(part, page)) return;
  const placed = page.importNode(newer, true);
  part.replaceWith(placed);
  showNow(placed);
}

/** Forms carry a token that is another one each time. */
function shownBy(part: Element): string {
  return part.outerHTML.replace(/(name="csrfmiddlewaretoken" value=")[^"]*/g, "$1");
}

/** It has the focus, or holds something that somebody has opened, chosen or begun to write. */
function isInUse(part: HTMLElement, page: Document): boolean {
  if (part.contains(page.activeElement) || part.querySelector("details[open]") !== null) return true;
  const fields = part.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea");
  const lists = part.querySelectorAll("select");
  return [...fields].some(isChanged) || [...lists].some(isChosen);
}

function isChanged(field: HTMLInputElement | HTMLTextAreaElement): boolean {
  const isTicked = field instanceof HTMLInputElement && field.checked !== field.defaultChecked;
  return isTicked || field.value !== field.defaultValue;
}

/** The first of a list is chosen where the server chose none. */
function isChosen(list: HTMLSelectElement): boolean {
  const given = [...list.options].findIndex((option) => option.defaultSelected);
  return list.selectedIndex !== Math.max(0, given);
}
