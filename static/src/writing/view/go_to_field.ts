// The way to a field that may be folded away, and be drawn only when it is unfolded.

/** `folded`: where the `<details>` is in which the field may stand. */
export function goToField(id: string, folded: string): void {
  const field = document.getElementById(id);
  if (field !== null && field.closest("details:not([open])") === null) return field.focus();
  const details = document.querySelector<HTMLDetailsElement>(folded);
  if (details === null) return;
  details.addEventListener("toggle", () => setTimeout(() => document.getElementById(id)?.focus()), { once: true });
  details.open = true;
}
