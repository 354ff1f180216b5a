// Menus are <details>. Escape and a press elsewhere close them; focus goes back to the summary.

export function watchMenus(root: Document): void {
  root.addEventListener("click", (event) => {
    for (const menu of openMenus(root)) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus(root)) close(menu, root);
  });
  root.addEventListener("focusin", (event) => {
    for (const menu of openMenus(root)) if (!menu.contains(event.target as Node)) menu.open = false;
  });
}

function openMenus(root: Document): NodeListOf<HTMLDetailsElement> {
  return root.querySelectorAll("details[data-menu][open]");
}

function close(menu: HTMLDetailsElement, root: Document): void {
  const hadFocus = menu.contains(root.activeElement);
  menu.open = false;
  if (hadFocus) menu.querySelector("summary")?.focus();
}
