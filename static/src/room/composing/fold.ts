// Search keys: small Latin letters without accents, for every alphabet of the product.

/** Letters that Unicode does not take apart into letter and accent. */
const WHOLE_LETTERS: Readonly<Record<string, string>> = { ł: "l", đ: "d", ø: "o", æ: "ae", œ: "oe", ß: "ss", ı: "i" };

/** The official romanisation of Bulgarian, so that a name is found from any keyboard. */
const CYRILLIC: Readonly<Record<string, string>> = {
  ...{ а: "a", б: "b", в: "v", г: "g", д: "d", е: "e", ж: "zh", з: "z", и: "i", й: "y", к: "k", л: "l", м: "m", н: "n", о: "o" },
  ...{ п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f", х: "h", ц: "ts", ч: "ch", ш: "sh", щ: "sht", ъ: "a", ь: "y", ю: "yu", я: "ya" },
};

/** "Źrebiec" → "zrebiec", "Łódź" → "lodz", "Йорданка" → "yordanka". */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFC")
    .replace(/[а-я]/g, (letter) => CYRILLIC[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[łđøæœßı]/g, (letter) => WHOLE_LETTERS[letter] ?? letter);
}
