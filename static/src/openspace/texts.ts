// Words that are kept in several languages: the theme, the givens. As sessions/openspace/texts.py.

import type { Texts } from "./types";

export interface Words {
  readonly text: string;
  readonly language: string | undefined;
}

/** In the reader's language; else in English; else in any that there is. */
export function inLanguage(texts: Texts, language = document.documentElement.lang): Words {
  const codes = [language.split("-")[0] ?? "", "en", ...Object.keys(texts)];
  const found = codes.find((code) => texts[code]);
  return { text: found === undefined ? "" : (texts[found] ?? ""), language: found };
}
