// The time zone that the device is set to: put into a form that asks for one for the first time
// (`data-guess-zone`), and offered beside a field that has a value already (`data-use-zone`).

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const field of document.querySelectorAll<HTMLSelectElement>("select[data-guess-zone]")) {
  if (!hasErrors(field)) choose(field, here);
}

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-use-zone]")) {
  const field = document.querySelector<HTMLSelectElement>("select[name=time_zone]");
  if (field !== null) offer(button, field);
}

function offer(button: HTMLButtonElement, field: HTMLSelectElement): void {
  if (field.value === here || !hasOption(field, here)) return;
  button.textContent = here.split("/").at(-1)?.replaceAll("_", " ") ?? here;
  button.closest<HTMLElement>("[data-zone-hint]")?.removeAttribute("hidden");
  button.addEventListener("click", () => {
    choose(field, here);
    button.closest<HTMLElement>("[data-zone-hint]")?.setAttribute("hidden", "");
    field.focus();
  });
}

function choose(field: HTMLSelectElement, zone: string): void {
  if (hasOption(field, zone)) field.value = zone;
}

function hasOption(field: HTMLSelectElement, zone: string): boolean {
  return [...field.options].some((option) => option.value === zone);
}

/** A form that came back keeps what the person chose. */
function hasErrors(field: HTMLSelectElement): boolean {
  return field.form?.querySelector("[aria-invalid=true]") !== null;
}
