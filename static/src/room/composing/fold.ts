// Search keys: letters without case and accents, for every alphabet of the product.

/** Letters that Unicode does not take apart into letter and accent. */
const WHOLE_LETTERS: Readonly<Record<string, string>> = { ł: "l", đ: "d", ø: "o", æ: "ae", œ: "oe", ß: "ss", ı: "i" };

/** "Źrebiec" → "zrebiec", "Łódź" → "lodz", "Йорданка" → "иорданка". */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[łđøæœßı]/g, (letter) => WHOLE_LETTERS[letter] ?? letter);
}
