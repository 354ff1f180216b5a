// Keeps the eye where it is. Whatever grows or shrinks above, inside or around the log (history loaded,
// a message edited, the keyboard of a phone opened), the message that was at the top of the view stays there,
// or, at the newest message, the log stays at its end. Browsers have `overflow-anchor`, but not all of them.

const NEAR_END = 48;

export interface Place {
  readonly isAtEnd: boolean;
  /** Pixels above and below the view. */
  readonly above: number;
  readonly below: number;
}

export class ScrollKeeper {
  readonly #scroller: HTMLElement;
  readonly #rows: HTMLElement;
  readonly #moved: (place: Place) => void;
  readonly #watcher: ResizeObserver;
  #anchor: { readonly row: Element; readonly top: number } | null = null;
  #isAtEnd = true;

  /**
   * `scroller` has one child, which holds everything; `rows` is the list in it whose children are kept in place.
   * `moved` hears of every scroll and every change of size.
   */
  constructor(scroller: HTMLElement, rows: HTMLElement, moved: (place: Place) => void) {
    this.#scroller = scroller;
    this.#rows = rows;
    this.#moved = moved;
    this.#watcher = new ResizeObserver(() => this.#restore());
    this.#watcher.observe(scroller);
    if (scroller.firstElementChild !== null) this.#watcher.observe(scroller.firstElementChild);
    scroller.addEventListener("scroll", this.#note, { passive: true });
  }

  stop(): void {
    this.#watcher.disconnect();
    this.#scroller.removeEventListener("scroll", this.#note);
  }

  toEnd(): void {
    this.#isAtEnd = true;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#note();
  }

  /** Brings the row to the view, `share` of its height below the top (0 … 1). */
  show(row: Element, share = 0.2): void {
    this.#isAtEnd = false;
    this.#scroller.scrollTop += this.#topOf(row) - this.#scroller.clientHeight * share;
    this.#note();
  }

  get place(): Place {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const below = scrollHeight - scrollTop - clientHeight;
    return { isAtEnd: below < NEAR_END, above: scrollTop, below };
  }

  readonly #note = (): void => {
    const { place } = this;
    this.#isAtEnd = place.isAtEnd;
    const row = this.#firstInView();
    this.#anchor = row === null ? null : { row, top: this.#topOf(row) };
    this.#moved(place);
  };

  #restore(): void {
    if (this.#isAtEnd) this.#scroller.scrollTop = this.#scroller.scrollHeight;
    else if (this.#anchor?.row.isConnected) this.#scroller.scrollTop += this.#topOf(this.#anchor.row) - this.#anchor.top;
    this.#note();
  }

  #topOf(row: Element): number {
    return row.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
  }

  /** Rows lie in order, so halving finds it. */
  #firstInView(): Element | null {
    const rows = this.#rows.children;
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = rows[middle];
      if (row !== undefined && this.#topOf(row) + row.clientHeight > 0) high = middle;
      else low = middle + 1;
    }
    // What stands between the messages comes and goes; the messages stay.
    let row: Element | null = rows[low] ?? null;
    while (row !== null && !row.hasAttribute("data-seq")) row = row.nextElementSibling;
    return row;
  }
}
