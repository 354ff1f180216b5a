// The whole form: questions on one page, and beside them what is missing.

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../room/view/marks";
import { WritingStrip } from "../../writing/view/WritingStrip";
import type { ChallengeModel } from "../model";
import { questions } from "../questions";
import type { ChallengeCard } from "../types";
import { FieldBox } from "./FieldBox";
import { type Languages, LanguageChoice, ReadersChoice } from "./Choices";
import { Submitting } from "./Submitting";

export function ChallengeForm({ challenge, languages }: { challenge: ChallengeModel; languages: Languages }): JSX.Element {
  if (!challenge.isEditable.value) return <NoLonger challenge={challenge} />;
  const language = challenge.editors.language.shown.value;
  const isEnglish = language === "en";
  return (
    <>
      <WritingStrip form={challenge} />
      <div class="challenge-form">
        <div class="sheet stack l">
          <LanguageChoice challenge={challenge} languages={languages} />
          {questions().map((question) => {
            if (question.name === "summary") {
              return isEnglish ? null : <FieldBox key={question.name} challenge={challenge} question={question} language="en" />;
            }
            return <FieldBox key={question.name} challenge={challenge} question={question} language={language} />;
          })}
          <ReadersChoice challenge={challenge} />
        </div>
        <Submitting challenge={challenge} />
      </div>
    </>
  );
}

/** Somebody submitted or closed it while this person wrote; what they wrote last is kept in the browser. */
function NoLonger({ challenge }: { challenge: ChallengeModel }): JSX.Element {
  const { id } = challenge.state.value;
  useEffect(hideWhatIsForWriting, []);
  return (
    <div class="sheet stack">
      <p class="note" role="status">
        <Icon name="lock" />
        <span>{whyNoLonger(challenge.state.value)}</span>
      </p>
      {challenge.desk.isUnsaved.value && <Unsaved challenge={challenge} />}
      <p>
        <a class="btn main" href={`/challenges/${id}/`}>
          {t("Go to the challenge")}
        </a>
      </p>
    </div>
  );
}

function whyNoLonger({ steps, people, author }: ChallengeCard): string {
  if (!author) return t("You cannot change this challenge any more.");
  const last = steps.at(-1);
  const name = last === undefined ? undefined : people[last.by]?.name;
  if (name === undefined || last?.to_state !== "submitted") return t("It cannot be changed now: its state has changed.");
  return t("{name} has submitted it, so it cannot be changed now.", { name });
}

/** What the server wrote around the form, such as where to attach a file, would say the contrary. */
function hideWhatIsForWriting(): () => void {
  const parts = [...document.querySelectorAll<HTMLElement>("[data-while-writing]")];
  for (const part of parts) part.hidden = true;
  return () => {
    for (const part of parts) part.hidden = false;
  };
}

function Unsaved({ challenge }: { challenge: ChallengeModel }): JSX.Element {
  const open = questions().filter(({ name }) => challenge.editors[name].isOpen.value);
  return (
    <section class="stack s">
      <h2 class="h-sm">{t("These words of yours came too late to be saved. You can copy them.")}</h2>
      {open.map(({ name, label }) => (
        <div key={name}>
          <h3 class="label">{label}</h3>
          <div class="theirs as-typed" dir="auto">
            {challenge.editors[name].shown.value}
          </div>
        </div>
      ))}
    </section>
  );
}
