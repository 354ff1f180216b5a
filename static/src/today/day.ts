// The day as a path of stops: on a narrow screen it opens on what happens now, not on the morning.

/** Moves the path sideways to what is running, or comes next, with a bit of what was before. */
export function showNow(page: ParentNode): void {
  const path = page.querySelector<HTMLElement>(".dayline");
  const stops = [...(path?.querySelectorAll<HTMLElement>("li") ?? [])];
  const now = stops.find((stop) => stop.dataset["state"] !== "done") ?? stops.at(-1);
  if (path === null || now === undefined) return;
  path.scrollLeft = now.offsetLeft - path.clientWidth / 5;
}
