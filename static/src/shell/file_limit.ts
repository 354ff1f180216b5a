/** Says at once that a chosen file is too large; the server looks again. `data-limit` is in bytes. */
export function watchFileLimits(root: Document): void {
  root.addEventListener("change", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || field.dataset.limit === undefined) return;
    const isLarge = isTooLarge([...(field.files ?? [])], field.dataset.limit);
    field.setCustomValidity(isLarge ? (field.dataset.limitWords ?? "") : "");
    if (isLarge) field.reportValidity();
  });
}

export function isTooLarge(files: readonly { size: number }[], limit: string | undefined): boolean {
  return limit !== undefined && files.some((file) => file.size > Number(limit));
}
