// A form that came back with something wrong: the field takes the focus, unless the page gives it to something else.

export function focusWhatIsWrong(page: Document): void {
  if (page.querySelector("[autofocus]") !== null || page.location.hash !== "") return;
  page.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
