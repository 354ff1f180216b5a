// The parts of a page that change, marked `data-part`, as the server draws them: taken from an answer, put in the
// place of those that are shown. What is open stays open, and the focus stays where it is.

/** Takes the parts of another copy of this page in; `keep` says which parts are left alone. */
export function takeIn(page: Document, html: string, keep: (part: HTMLElement) => boolean = () => false): void {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  for (const part of page.querySelectorAll<HTMLElement>("[data-part]")) {
    const newer = fresh.querySelector(`[data-part="${CSS.escape(part.dataset["part"] ?? "")}"]`);
    if (newer !== null && !keep(part)) replace(part, newer);
  }
}

/** Somebody has changed something in it that is not sent yet. */
export function isBegun(part: HTMLElement): boolean {
  const fields = part.querySelectorAll<HTMLInputElement>("input");
  return [...fields].some((field) =>
    field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue,
  );
}

function replace(part: HTMLElement, newer: Element): void {
  if (shownBy(part) === shownBy(newer)) return;
  const focused = part.contains(document.activeElement) ? document.activeElement?.id : undefined;
  const open = [...part.querySelectorAll<HTMLDetailsElement>("details[open][id]")].map(({ id }) => id);
  part.replaceChildren(...[...newer.childNodes].map((node) => document.importNode(node, true)));
  for (const id of open) part.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/** Forms carry a token that is another one each time. */
function shownBy(part: Element): string {
  return part.innerHTML.replace(/(name="csrfmiddlewaretoken" value=")[^"]*/g, "$1");
}
