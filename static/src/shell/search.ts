// Ctrl+K (⌘K) leads to the search: to its field where one is shown, else to its page.

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

/** No key by itself: who speaks to the computer would press it with many a word (WCAG 2.1.4). */
function asksForSearch({ altKey, shiftKey, ctrlKey, metaKey, key }: KeyboardEvent): boolean {
  return !altKey && !shiftKey && (ctrlKey || metaKey) && key.toLowerCase() === "k";
}
