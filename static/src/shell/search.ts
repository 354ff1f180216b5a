// "/" and Ctrl+K (⌘K) lead to the search: to its field where one is shown, else to its page.

export function watchSearchKeys(root: Document): void {
  root.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat || !asksForSearch(event)) return;
    const field = [...root.querySelectorAll<HTMLInputElement>("[data-search]")].find((each) => each.checkVisibility());
    const page = root.querySelector<HTMLAnchorElement>("[data-search-page]");
    if (root.querySelector("dialog[open]") !== null || (field === undefined && page === null)) return;
    event.preventDefault();
    if (field !== undefined) {
      field.focus();
      field.select();
    } else page?.click();
  });
}

function asksForSearch(event: KeyboardEvent): boolean {
  if (event.altKey || event.shiftKey) return event.key === "/" && !event.altKey && !isWriting(event.target);
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "k";
  return event.key === "/" && !isWriting(event.target);
}

/** Where somebody writes, a stroke is a stroke. On many keyboards it is typed with Shift. */
function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input, textarea, select");
}
