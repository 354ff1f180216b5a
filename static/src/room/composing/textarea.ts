// What every text field of a room needs.

/** Dead keys and input methods: the key belongs to the letter that is being made. 229 is what Safari sends. */
export function isComposed(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** As high as its text, up to what the style sheet allows. */
export function fitToText(textarea: HTMLTextAreaElement): void {
  textarea.style.blockSize = "auto";
  textarea.style.blockSize = `${textarea.scrollHeight}px`;
}

/** On a touch keyboard there is no Shift+Enter, so Enter starts a new line there. */
export function enterSends(): boolean {
  return !matchMedia("(pointer: coarse)").matches;
}
