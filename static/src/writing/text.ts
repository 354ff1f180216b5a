// When two versions of a text are the same.

/** The server cuts blanks from the end; that alone is no change. */
export function sameText(one: string, other: string): boolean {
  return one === other || plain(one) === plain(other);
}

function plain(text: string): string {
  return text.replace(/\r\n?/g, "\n").trimEnd();
}
