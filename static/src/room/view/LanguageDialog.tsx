import type { JSX } from "preact";
import { t } from "../../i18n";
import { LANGUAGES, languageName } from "../people";
import type { MessageCard } from "../types";
import { DialogFrame } from "./DialogFrame";
import { usePage } from "./context";
import { Icon } from "./marks";

/** The language decides on letterforms and on the voice of a screen reader. */
export function LanguageDialog({ card }: { card: MessageCard }): JSX.Element {
  const { room, ui } = usePage();
  const choose = (lang: string) => {
    if (lang !== card.lang) room.commands.setLanguage(card.seq, lang);
    ui.closeDialog();
  };
  return (
    <DialogFrame close={() => ui.closeDialog()} title={t("In which language is this message?")}>
      <blockquote class="excerpt" lang={card.lang} dir="auto">
        <p>{card.text}</p>
      </blockquote>
      <ul class="language-choice">
        {LANGUAGES.map((lang) => (
          <li key={lang}>
            <button class="menu-item" type="button" aria-pressed={lang === card.lang} onClick={() => choose(lang)}>
              {languageName(lang)}
              {lang === card.lang && (
                <span class="tick">
                  <Icon name="check" />
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </DialogFrame>
  );
}
