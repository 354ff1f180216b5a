// A form whose answer takes a second or more shows on its button, and then says, that it is on its way.

const PATIENCE = 1000;
/** Milliseconds after which the words of `data-slow` are said. */

export function watchSlowForms(document: Document): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-slow]")) addStatus(form);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-slow")) return;
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(() => say(form, form.dataset["slow"] ?? ""), PATIENCE);
  });
  // Going back shows the page as it was left.
  window.addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("form[data-slow] [aria-busy]")) button.removeAttribute("aria-busy");
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-slow]")) say(form, "");
  });
}

/** A screen reader says what comes into a status that was there before. */
function addStatus(form: HTMLFormElement): void {
  const status = form.ownerDocument.createElement("p");
  status.className = "small";
  status.setAttribute("role", "status");
  form.append(status);
}

function say(form: HTMLFormElement, words: string): void {
  const status = form.querySelector(":scope > [role=status]");
  if (status) status.textContent = words;
}
