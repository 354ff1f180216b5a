// What became of a field: saved, on its way, turned down, or written by two people at once.

import type { JSX } from "preact";
import { t } from "../../i18n";
import type { PersonCard } from "../../room/types";
import { Icon, Name } from "../../room/view/marks";
import type { FieldEditor } from "../field_editor";

interface Props<Value> {
  id: string;
  editor: FieldEditor<Value>;
  people: Readonly<Record<string, PersonCard>>;
  /** How a version is written out. */
  draw: (value: Value) => JSX.Element | string;
}

export function FieldState<Value>({ id, editor, people, draw }: Props<Value>): JSX.Element {
  const clash = editor.clash.value;
  const problem = editor.problem.value;
  return (
    <div id={id}>
      {problem !== null && (
        <p class="err" role="alert">
          <Icon name="circle-alert" />
          <span>
            {problem}{" "}
            <button class="link-btn" type="button" onClick={() => void editor.flush()}>
              {t("Try again")}
            </button>
          </span>
        </p>
      )}
      {clash === null && problem === null && editor.isOpen.value && (
        <p class="hint micro">{editor.isSaving.value ? t("Saving…") : t("Not saved yet")}</p>
      )}
      {clash !== null && (
        <div class="clash" role="group" aria-label={t("Two versions")}>
          <p role="alert">
            <Icon name="triangle-alert" />
            <span>
              <b>{t("Two people changed this at the same time.")}</b> {t("Nothing is lost. Choose the one that stays.")}
            </span>
          </p>
          <div class="clash-pair">
            <section>
              <h3 class="label">{t("Yours")}</h3>
              <div class="as-typed" dir="auto">
                {draw(editor.shown.value)}
              </div>
              <button class="btn small" type="button" onClick={() => void editor.keepMine()}>
                {t("Keep yours")}
              </button>
            </section>
            <section>
              <h3 class="label">
                {t("Theirs")}
                {clash.by !== null && people[clash.by] !== undefined && (
                  <span class="muted">
                    {" "}
                    (<Name person={people[clash.by]} />)
                  </span>
                )}
              </h3>
              <div class="as-typed" dir="auto">
                {draw(clash.value)}
              </div>
              <button class="btn small" type="button" onClick={() => editor.takeTheirs()}>
                {t("Take theirs")}
              </button>
            </section>
          </div>
        </div>
      )}
    </div>
  );
}
