// In a narrow window a thread covers the talk like a page of its own: the browser's way back closes it.

import { effect } from "@preact/signals";
import type { Ui } from "./ui";

export function closeByBack(ui: Ui, close: () => void): void {
  const narrow = matchMedia("(max-width: 56rem)");
  const isOnTop = () => (history.state as { panel?: boolean } | null)?.panel === true;
  let isPushed = false;
  effect(() => {
    const covers = ui.panel.value !== null && ui.part.value === "panel" && narrow.matches;
    if (covers === isPushed) return;
    isPushed = covers;
    if (covers) history.pushState({ panel: true }, "");
    // Closed by its own button: its place in the history goes too.
    else if (isOnTop()) history.back();
  });
  window.addEventListener("popstate", () => {
    if (!isPushed || isOnTop()) return;
    isPushed = false;
    close();
  });
}
