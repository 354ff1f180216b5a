// Files dropped on a part of the page.

/** Gives the way to stop. While files hang over `zone` it has the attribute `data-dropping`. */
export function watchDrops(zone: HTMLElement | null, take: (files: File[]) => void): () => void {
  if (zone === null) return () => {};
  const ends = new AbortController();
  const { signal } = ends;
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const mark = (isOver: boolean) => zone.toggleAttribute("data-dropping", isOver);
  zone.addEventListener(
    "dragover",
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      mark(true);
    },
    { signal },
  );
  zone.addEventListener("dragleave", (event) => void (zone.contains(event.relatedTarget as Node | null) || mark(false)), { signal });
  zone.addEventListener(
    "drop",
    (event) => {
      mark(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      take([...(event.dataTransfer?.files ?? [])]);
    },
    { signal },
  );
  return () => ends.abort();
}
