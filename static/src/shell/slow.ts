// A form that was sent shows on its button that it is on its way, and after a second says so.

/** Milliseconds after which the words of `data-slow` are said. */
const PATIENCE = 1000;

export function watchSlowForms(document: Document): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-slow]")) addStatus(form);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-slow")) return;
    event.submitter?.setAttribute("aria-busy", "true");
    clearTimeout(timer);
    timer = setTimeout(() => say(form, form.dataset["slow"] ?? ""), PATIENCE);
  });
  // Going back shows the page as it was left.
  window.addEventListener("pageshow", () => {
    clearTimeout(timer);
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
