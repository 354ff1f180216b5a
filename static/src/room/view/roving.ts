// One stop of the Tab key per list of messages; arrows move between the messages.

/** Keys on a list of <article>s. */
export function moveFocus(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  if (event.defaultPrevented || target.closest("textarea, input, [role=menu], dialog") !== null) return;
  const article = target.closest("article");
  if (article === null) return;
  if (event.key === "Escape" && target !== article) return stop(event, article);
  if (event.key === "Enter" && target === article) return openMenu(event, article);
  const articles = [...(event.currentTarget as HTMLElement).querySelectorAll("article")];
  const next = nextOf(event.key, articles.indexOf(article), articles.length);
  const found = next === null ? undefined : articles[next];
  if (found !== undefined) stop(event, found);
}

function nextOf(key: string, at: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
      return Math.min(at + 1, count - 1);
    case "ArrowUp":
      return Math.max(at - 1, 0);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

function stop(event: KeyboardEvent, article: HTMLElement): void {
  event.preventDefault();
  article.focus();
  article.scrollIntoView({ block: "nearest" });
}

function openMenu(event: KeyboardEvent, article: HTMLElement): void {
  event.preventDefault();
  article.querySelector<HTMLElement>("[data-menu-button]")?.click();
}
