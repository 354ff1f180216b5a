// Long words may break at a syllable: few browsers know how to hyphenate Bulgarian or Latvian. The server's
// `softened` (sessions/openspace/templatetags/wall.py) puts the same soft hyphens.

const VOWELS = "aeiouyáéíóúýäöüőűāēīūąęôěàаеиоуъюяэы";
const LONG_WORD = /\p{L}{15,}/gu;
/** After a vowel, when a consonant and a vowel follow; never close to an end of the word. */
const BREAK = new RegExp(`(?<=\\p{L}{3})([${VOWELS}])(?=[^${VOWELS}][${VOWELS}]\\p{L}{2})`, "giu");

export function softened(text: string): string {
  return text.replace(LONG_WORD, (word) => word.replace(BREAK, "$1\u00AD"));
}
