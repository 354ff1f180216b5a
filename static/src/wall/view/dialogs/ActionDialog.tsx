// What, who convenes it, the first step, until when.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { compareNames, t } from "../../../i18n";
import { isOffered } from "../../../openspace/board";
import type { ActionCard, ActionWords } from "../../../openspace/types";
import { DialogFrame } from "../../../room/view/DialogFrame";
import { useWall } from "../../context";
import { sendWords } from "../../doings";

/** `WHAT_LIMIT` of sessions/openspace/actions/agreed.py. */
const LONGEST = 300;

export function ActionDialog({ id }: { id: number | null }): JSX.Element {
  const page = useWall();
  const { gathering, ui } = page;
  const action = gathering.actions.peek().find((each) => each.id === id);
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const send = async (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const words = wordsIn(form);
    error.value = words.what === "" ? t("Write what is to be done.") : null;
    if (error.value !== null) return form.querySelector("input")?.focus();
    if (isBusy.peek()) return;
    isBusy.value = true;
    const answer = await (id === null ? sendWords(page, "action.add", words) : sendWords(page, "action.change", { action: id, ...words }));
    isBusy.value = false;
    if (answer !== null && !answer.isDone) error.value = answer.refusal.detail;
  };
  const remove = async () => {
    const dialog = ui.dialog.peek();
    const answer = await gathering.commands.do("action.remove", { action: id ?? 0 });
    if (answer.isDone) ui.closeOnly(dialog);
  };
  return (
    <DialogFrame title={id === null ? t("Add an action") : t("Change the action")} close={() => ui.close()}>
      <form class="stack" noValidate onSubmit={(event) => void send(event)}>
        <div class={error.value === null ? "field" : "field bad"}>
          <label for="action-what">{t("What is to be done")}</label>
          <input class="in" id="action-what" name="what" maxLength={LONGEST} value={action?.what} autocomplete="off" autofocus dir="auto" aria-invalid={error.value !== null} aria-describedby="action-error" />
          <p class="err" id="action-error" role="alert">
            {error.value}
          </p>
        </div>
        <Fields action={action} />
        <div class="row">
          <button class="btn main" type="submit" aria-disabled={isBusy.value}>
            {t("Save")}
          </button>
          {id !== null && (
            <button class="btn danger" type="button" onClick={() => void remove()}>
              {t("Remove the action")}
            </button>
          )}
          <button class="btn quiet" type="button" onClick={() => ui.close()}>
            {t("Cancel")}
          </button>
        </div>
      </form>
    </DialogFrame>
  );
}

function Fields({ action }: { action: ActionCard | undefined }): JSX.Element {
  const { gathering } = useWall();
  const people = Object.entries(gathering.people.value)
    .filter(([, person]) => !person.past && person.role !== "observer")
    .sort(([, one], [, other]) => compareNames(one.name, other.name));
  return (
    <>
      <div class="field">
        <label for="action-convener">{t("Who convenes it")}</label>
        <select class="in" id="action-convener" name="convener" value={action?.convener ?? gathering.me}>
          {people.map(([id, person]) => (
            <option key={id} value={id}>
              {person.name} ({person.country})
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="action-step">{t("The first step")}</label>
        <input class="in" id="action-step" name="first_step" maxLength={LONGEST} value={action?.first_step} autocomplete="off" dir="auto" />
      </div>
      <div class="field">
        <label for="action-due">{t("Until when")}</label>
        <input class="in" id="action-due" name="due" type="date" value={action?.due ?? ""} />
      </div>
      <div class="field">
        <label for="action-topic">{t("From which topic")}</label>
        <select class="in" id="action-topic" name="topic" value={action?.topic ?? ""}>
          <option value="">{t("From none")}</option>
          {gathering.topics.value.filter(isOffered).map((topic) => (
            <option key={topic.id} value={topic.id}>
              {topic.number} {topic.title}
            </option>
          ))}
        </select>
      </div>
    </>
  );
}

function wordsIn(form: HTMLFormElement): ActionWords {
  const fields = new FormData(form);
  const text = (name: string) => String(fields.get(name) ?? "").trim();
  return {
    what: text("what"),
    convener: Number(text("convener")),
    first_step: text("first_step"),
    due: text("due") || null,
    topic: Number(text("topic")) || null,
  };
}
