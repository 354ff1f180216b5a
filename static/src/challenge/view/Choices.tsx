// What is chosen, not written: the language, and who may read the challenge.

import type { JSX } from "preact";
import { t } from "../../i18n";
import { FieldState } from "../../writing/view/FieldState";
import type { ChallengeModel } from "../model";
import { readers } from "../questions";

export type Languages = readonly (readonly [code: string, name: string])[];

export function LanguageChoice({ challenge, languages }: { challenge: ChallengeModel; languages: Languages }): JSX.Element {
  const editor = challenge.editors.language;
  return (
    <div class="field">
      <label for="c-language">{t("In which language do you write?")}</label>
      <p class="hint" id="c-language-hint">
        {t("Write in the language in which you think best. If it is not English, add a short summary in English.")}
      </p>
      <select
        class="in short"
        id="c-language"
        aria-describedby="c-language-hint c-language-state"
        value={editor.shown.value}
        onChange={({ currentTarget }) => {
          editor.write(currentTarget.value);
          void editor.flush();
        }}
      >
        {languages.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
      <FieldState
        id="c-language-state"
        editor={editor}
        people={challenge.state.value.people}
        draw={(code) => languages.find(([each]) => each === code)?.[1] ?? code}
      />
    </div>
  );
}

export function ReadersChoice({ challenge }: { challenge: ChallengeModel }): JSX.Element {
  const editor = challenge.editors.confidentiality;
  return (
    <fieldset class="field" aria-describedby="c-confidentiality-hint">
      <legend>{t("Who may read it?")}</legend>
      <p class="hint" id="c-confidentiality-hint">
        {t("Your colleagues and the facilitators always. You can change this until you submit.")}
      </p>
      {readers().map(({ value, label, hint }) => (
        <label class="check" key={value}>
          <input
            type="radio"
            name="confidentiality"
            value={value}
            checked={editor.shown.value === value}
            onChange={() => {
              editor.write(value);
              void editor.flush();
            }}
          />
          <span>
            {label}
            <br />
            <span class="small muted">{hint}</span>
          </span>
        </label>
      ))}
      <FieldState
        id="c-confidentiality-state"
        editor={editor}
        people={challenge.state.value.people}
        draw={(chosen) => readers().find(({ value }) => value === chosen)?.label ?? chosen}
      />
    </fieldset>
  );
}
