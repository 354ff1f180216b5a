// The keys of a menu, and its place beside the button that opened it.

const GAP = 4;

export function menuKeys(event: KeyboardEvent, giveFocusBack: () => void): void {
  const box = event.currentTarget as HTMLElement;
  const items = [...box.querySelectorAll<HTMLElement>("[role^=menuitem]")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const target = targetOf(event.key, at, items.length);
  if (target !== null) {
    event.preventDefault();
    items[target]?.focus();
  } else if (event.key === "Tab" || event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    box.hidePopover();
    giveFocusBack();
  } else if (event.key.length === 1 && /\p{L}/u.test(event.key)) {
    items.find((item, index) => index > at && beginsWith(item, event.key))?.focus();
  }
}

function targetOf(key: string, at: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
      return (at + 1) % count;
    case "ArrowUp":
      return (at - 1 + count) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

function beginsWith(item: HTMLElement, letter: string): boolean {
  return (item.textContent ?? "").trim().toLowerCase().startsWith(letter.toLowerCase());
}

/** Below the button and flush with its end; above it when there is no room below. */
export function placeBeside(box: HTMLElement, button: HTMLElement): void {
  const { top, bottom, right } = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const fitsBelow = bottom + GAP + height <= window.innerHeight;
  const y = fitsBelow ? bottom + GAP : Math.max(GAP, Math.min(top - GAP - height, window.innerHeight - height - GAP));
  box.style.insetBlockStart = `${y}px`;
  box.style.insetInlineStart = `${Math.max(GAP, Math.min(right - width, window.innerWidth - width - GAP))}px`;
}
