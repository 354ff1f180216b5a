// The person's choice wins over the system's wish. It is a cookie, so that the server can write it
// into the page and nothing flashes; it is kept in this browser only.
const A_YEAR = 31_536_000;

type Theme = "light" | "dark";

export function watchTheme(root: Document): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>("[data-theme-toggle]")) {
    button.hidden = false;
    button.addEventListener("click", () => choose(root, shownTheme(root) === "dark" ? "light" : "dark"));
  }
}

function shownTheme(root: Document): Theme {
  const chosen = root.documentElement.dataset["theme"];
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function choose(root: Document, theme: Theme): void {
  root.documentElement.dataset["theme"] = theme;
  root.cookie = `theme=${theme}; path=/; max-age=${A_YEAR}; samesite=lax`;
}
