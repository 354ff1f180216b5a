// A form whose answer takes a second or more shows on its button that it is on its way.

export function watchSlowForms(document: Document): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-slow")) return;
    event.submitter?.setAttribute("aria-busy", "true");
  });
  // Going back shows the page as it was left.
  window.addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("form[data-slow] [aria-busy]")) button.removeAttribute("aria-busy");
  });
}
