// What a page says of people: initials, countries, languages.

import { t } from "../i18n";
import type { PersonCard } from "./types";

const LANGUAGE_OF_COUNTRY: Readonly<Record<string, string>> = { LV: "lv", BG: "bg", HU: "hu", SK: "sk", PL: "pl" };
/** What a message may be written in. */
export const LANGUAGES = ["en", "pl", "bg", "lv", "hu", "sk"] as const;

/** First letters of the first two words: "Boros Péterné" is BP, whichever is the family name. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== "");
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
}

/** The language a name is written in: it picks the letterforms and the voice. */
export function languageOfName(person: PersonCard | undefined): string | undefined {
  return person && LANGUAGE_OF_COUNTRY[person.country];
}

export function countryName(code: string): string {
  switch (code) {
    case "LV":
      return t("Latvia");
    case "BG":
      return t("Bulgaria");
    case "HU":
      return t("Hungary");
    case "SK":
      return t("Slovakia");
    case "PL":
      return t("Poland");
    default:
      return code;
  }
}

export function languageName(code: string): string {
  switch (code) {
    case "en":
      return t("English");
    case "pl":
      return t("Polish");
    case "bg":
      return t("Bulgarian");
    case "lv":
      return t("Latvian");
    case "hu":
      return t("Hungarian");
    case "sk":
      return t("Slovak");
    default:
      return code;
  }
}

/** The word for a role that others should know of; participants have none. */
export function roleName(role: string): string | null {
  switch (role) {
    case "facilitator":
      return t("Facilitator");
    case "organiser":
      return t("Organiser");
    case "observer":
      return t("Observer");
    default:
      return null;
  }
}
