// The keyboard of a phone. Most browsers make the page smaller for it (`interactive-widget` in the page's head);
// Safari lays it over the page and only tells how much is left to see.

/** Less than this is a bar of the browser. Pixels. */
const SMALLEST_KEYBOARD = 120;

export function watchKeyboard(body: HTMLElement): void {
  const view = window.visualViewport;
  view?.addEventListener("resize", () => {
    const isCovered = view.scale === 1 && window.innerHeight - view.height > SMALLEST_KEYBOARD;
    body.style.blockSize = isCovered ? `${view.height}px` : "";
    if (isCovered) window.scrollTo(0, 0);
  });
}
