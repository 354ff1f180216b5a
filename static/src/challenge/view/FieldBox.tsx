// One question with its line of help, its text, who else writes in it, and what became of it.

import type { JSX } from "preact";
import { t } from "../../i18n";
import { Icon } from "../../room/view/marks";
import { FieldState } from "../../writing/view/FieldState";
import { TextArea } from "../../writing/view/TextArea";
import { WritersHere } from "../../writing/view/WritersHere";
import type { ChallengeModel } from "../model";
import type { Question } from "../questions";

interface Props {
  challenge: ChallengeModel;
  question: Question;
  language: string;
}

export function FieldBox({ challenge, question: { name, label, hint, line }, language }: Props): JSX.Element {
  const editor = challenge.editors[name];
  const shared = {
    id: `c-${name}`,
    editor,
    language,
    describedBy: `c-${name}-hint c-${name}-lack c-${name}-state`,
    isLacking: challenge.lacks(name),
    onWrite: () => challenge.writing(name),
  };
  return (
    <div class={editor.clash.value || editor.problem.value || shared.isLacking ? "field bad" : "field"}>
      <label for={`c-${name}`}>{label}</label>
      <p class="hint" id={`c-${name}-hint`}>
        {hint}
      </p>
      {line === null ? <TextArea {...shared} /> : <TextArea {...shared} rows={2} limit={line} isLine />}
      <p class="err" id={`c-${name}-lack`} hidden={!shared.isLacking}>
        <Icon name="circle-alert" />
        <span>{t("This is still empty.")}</span>
      </p>
      <WritersHere form={challenge} field={name} />
      <FieldState id={`c-${name}-state`} editor={editor} people={challenge.state.value.people} draw={(text) => text} />
    </div>
  );
}
