// What is asked before it is done, and the sheet on which a recommendation is written.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t, tn } from "../../i18n";
import { DialogFrame } from "../../room/view/DialogFrame";
import { useConsultation } from "../context";
import type { Dialog } from "../ui";

export function Dialogs(): JSX.Element | null {
  const { ui } = useConsultation();
  const dialog = ui.dialog.value;
  switch (dialog?.kind) {
    case "finish":
      return <Finish />;
    case "recommend":
      return <Recommend key={`${dialog.suggestion}-${dialog.recommendation}`} dialog={dialog} />;
    case "withdraw":
      return <Withdraw recommendation={dialog.recommendation} />;
    case "remove":
      return <Remove entry={dialog.entry} />;
    case "give_up":
      return <GiveUp commitment={dialog.commitment} />;
    default:
      return null;
  }
}

function Finish(): JSX.Element {
  const { consultation, ui } = useConsultation();
  const card = consultation.state.value;
  const hasBegun = card.run.started_at !== null;
  const written = new Set(card.recommendations.map(({ suggestion }) => suggestion));
  // What was taken becomes a recommendation at the end, if it is none yet.
  const taken = card.entries.filter(({ id, verdict }) => verdict === "take" && !written.has(id));
  const count = card.recommendations.length + taken.length;
  const hidden = card.hidden.some((each) => each.count > 0);
  const finish = async () => {
    ui.close();
    const { isDone } = await consultation.do("consultation.finish", { phase: card.run.phase });
    const another = document.querySelector<HTMLElement>("[data-plan-another]")?.dataset["planAnother"];
    if (!hasBegun && isDone && another) location.assign(another);
  };
  return (
    <DialogFrame title={hasBegun ? t("Finish the consultation?") : t("Call the consultation off?")} close={() => ui.close()}>
      {hasBegun ? (
        <>
          <p>
            {count > 0
              ? tn("{institution} gets {n} recommendation and answers it.", "{institution} gets {n} recommendations and answers each.", count, {
                  institution: card.institution_name,
                })
              : t("There is no recommendation yet. You can still write some before you finish, and afterwards.")}
          </p>
          <p class="small muted">
            {hidden && t("What is hidden is shown to all.")} {t("The lists stay to be read. The clock cannot be started again.")}
          </p>
        </>
      ) : (
        <p>{t("It has not started, and nothing is lost. You choose on the next page how the group works instead.")}</p>
      )}
      <Buttons yes={hasBegun ? t("Finish the consultation") : t("Call it off")} no={hasBegun ? t("Go on with it") : t("Keep it")} act={() => void finish()} />
    </DialogFrame>
  );
}

function Buttons({ yes, no, act, isDanger = false }: { yes: string; no: string; act: () => void; isDanger?: boolean }): JSX.Element {
  const { ui } = useConsultation();
  return (
    <p class="row">
      <button class={isDanger ? "btn danger" : "btn main"} type="button" onClick={act}>
        {yes}
      </button>
      <button class="btn" type="button" onClick={() => ui.close()}>
        {no}
      </button>
    </p>
  );
}

function Remove({ entry }: { entry: number }): JSX.Element {
  const { consultation, ui } = useConsultation();
  const { entries, mine } = consultation.state.value;
  const text = [...entries, ...mine].find(({ id }) => id === entry)?.text ?? "";
  const remove = () => {
    ui.close();
    void consultation.do("entry.remove", { entry });
  };
  return (
    <DialogFrame title={t("Remove this from the list?")} close={() => ui.close()} isDanger>
      <blockquote class="theirs as-typed" dir="auto">
        {text}
      </blockquote>
      <Buttons yes={t("Remove")} no={t("Keep it")} act={remove} isDanger />
    </DialogFrame>
  );
}

function GiveUp({ commitment }: { commitment: number }): JSX.Element {
  const { consultation, ui } = useConsultation();
  const text = consultation.state.value.commitments.find(({ id }) => id === commitment)?.text ?? "";
  const remove = () => {
    ui.close();
    void consultation.do("commitment.remove", { commitment });
  };
  return (
    <DialogFrame title={t("Remove your commitment?")} close={() => ui.close()} isDanger>
      <blockquote class="theirs as-typed" dir="auto">
        {text}
      </blockquote>
      <p class="small muted">{t("Nobody will ask you about it.")}</p>
      <Buttons yes={t("Remove")} no={t("Keep it")} act={remove} isDanger />
    </DialogFrame>
  );
}

function Withdraw({ recommendation }: { recommendation: number }): JSX.Element {
  const { consultation, ui } = useConsultation();
  const found = consultation.state.value.recommendations.find(({ id }) => id === recommendation);
  const withdraw = () => {
    ui.close();
    if (found !== undefined) void consultation.do("recommendation.withdraw", { recommendation, base: found.revision });
  };
  return (
    <DialogFrame title={t("Withdraw recommendation {number}?", { number: found?.number ?? "" })} close={() => ui.close()} isDanger>
      <blockquote class="theirs as-typed" dir="auto">
        {found?.text}
      </blockquote>
      <p class="small muted">{t("Its number is not used again.")}</p>
      <Buttons yes={t("Withdraw")} no={t("Keep it")} act={withdraw} isDanger />
    </DialogFrame>
  );
}

function Recommend({ dialog }: { dialog: Extract<Dialog, { kind: "recommend" }> }): JSX.Element {
  const { consultation, ui } = useConsultation();
  const card = consultation.state.value;
  const held = card.recommendations.find(({ id }) => id === dialog.recommendation);
  const suggestion = card.entries.find(({ id }) => id === dialog.suggestion);
  const box = useRef<HTMLTextAreaElement>(null);
  const base = useRef(held?.revision ?? 0);
  const problem = useSignal("");
  useEffect(() => box.current?.focus(), []);
  const save = async () => {
    const text = box.current?.value.trim() ?? "";
    if (text === "") {
      problem.value = t("Write what you recommend.");
      return;
    }
    const answer =
      held === undefined
        ? await consultation.do("recommendation.write", { text, suggestion: dialog.suggestion }, { isQuiet: true })
        : await consultation.do("recommendation.change", { recommendation: held.id, text, base: base.current }, { isQuiet: true });
    if (answer.isDone) ui.close();
    else problem.value = answer.refusal.detail || answer.refusal.code;
  };
  return (
    <DialogFrame title={held === undefined ? t("Write a recommendation") : t("Change recommendation {number}", { number: held.number })} close={() => ui.close()}>
      <form
        class="stack s"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div class="field">
          <label for="recommendation-text">{t("What do you recommend to {institution}?", { institution: card.institution_name })}</label>
          <p class="hint" id="recommendation-hint">
            {t("One thing that the institution can do and can answer with yes or no.")}
          </p>
          <textarea
            ref={box}
            class="in"
            id="recommendation-text"
            rows={4}
            dir="auto"
            maxLength={4_000}
            defaultValue={held?.text ?? suggestion?.text ?? ""}
            aria-describedby="recommendation-hint"
          />
        </div>
        {problem.value !== "" && (
          <p class="bad-t small" role="alert">
            {problem.value}
          </p>
        )}
        <p class="row">
          <button class="btn main" type="submit">
            {held === undefined ? t("Recommend it") : t("Save")}
          </button>
          <button class="btn" type="button" onClick={() => ui.close()}>
            {t("Cancel")}
          </button>
        </p>
      </form>
    </DialogFrame>
  );
}
