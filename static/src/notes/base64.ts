// Bytes as text, for JSON.

const PIECE = 0x8000;

export function toBase64(bytes: Uint8Array): string {
  let letters = "";
  // One call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += PIECE) letters += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(letters);
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
