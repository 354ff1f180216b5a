// The institution answers one recommendation: accept, adapt or decline, with a reason for the last two.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { t } from "../../i18n";
import { Unseen } from "../../room/view/marks";
import { useConsultation } from "../context";
import type { AnswerName, RecommendationCard } from "../types";

type Given = Exclude<AnswerName, "open">;

export function AnswerForm({ recommendation }: { recommendation: RecommendationCard }): JSX.Element {
  const isFirst = recommendation.state === "open";
  return (
    <details>
      <summary class={isFirst ? "btn small" : "link-btn"}>
        {isFirst ? t("Answer") : t("Change the answer")}
        <Unseen> {t("recommendation {number}", { number: recommendation.number })}</Unseen>
      </summary>
      <Fields recommendation={recommendation} />
    </details>
  );
}

function Fields({ recommendation }: { recommendation: RecommendationCard }): JSX.Element {
  const { consultation } = useConsultation();
  const { id, revision: base } = recommendation;
  const form = useRef<HTMLFormElement>(null);
  const chosen = useSignal<Given>(recommendation.state === "open" ? "accepted" : recommendation.state);
  const problem = useSignal("");
  const isSending = useSignal(false);
  const send = async () => {
    if (isSending.peek()) return;
    const fields = new FormData(form.current ?? undefined);
    const [text, why] = [String(fields.get("text") ?? "").trim(), String(fields.get("why") ?? "").trim()];
    if (chosen.peek() !== "accepted" && why === "") {
      problem.value = t("Say why: the peers learn from it.");
      form.current?.querySelector<HTMLElement>("[name=why]")?.focus();
      return;
    }
    isSending.value = true;
    const answer = await consultation.do("recommendation.answer", { recommendation: id, state: chosen.peek(), base, text, why }, { isQuiet: true });
    isSending.value = false;
    problem.value = answer.isDone ? "" : answer.refusal.detail || answer.refusal.code;
  };
  const choices: readonly (readonly [Given, string])[] = [
    ["accepted", t("We take it up")],
    ["adapted", t("We take it up in another way")],
    ["declined", t("We do not take it up")],
  ];
  return (
    <form
      class="stack s answer-form"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <fieldset class="stack s">
        <legend class="label">{t("What do you do with it?")}</legend>
        {choices.map(([state, text]) => (
          <label key={state} class="check">
            <input type="radio" name="state" value={state} checked={chosen.value === state} onChange={() => (chosen.value = state)} />
            <span>{text}</span>
          </label>
        ))}
      </fieldset>
      {chosen.value !== "declined" && (
        <div class="field">
          <label for={`answer-${id}`}>{chosen.value === "adapted" ? t("What will you do instead?") : t("What will you do? (you may leave it out)")}</label>
          <textarea class="in" id={`answer-${id}`} name="text" rows={2} dir="auto" maxLength={4_000} defaultValue={recommendation.answer_text} />
        </div>
      )}
      <div class={problem.value === "" ? "field" : "field bad"}>
        <label for={`why-${id}`}>{chosen.value === "accepted" ? t("Why? (you may leave it out)") : t("Why?")}</label>
        <textarea
          class="in"
          id={`why-${id}`}
          name="why"
          rows={2}
          dir="auto"
          maxLength={4_000}
          defaultValue={recommendation.why}
          aria-describedby={problem.value === "" ? undefined : `problem-${id}`}
        />
      </div>
      {problem.value !== "" && (
        <p class="bad-t small" role="alert" id={`problem-${id}`}>
          {problem.value}
        </p>
      )}
      <p>
        <button class="btn main small" type="submit">
          {t("Send the answer")}
        </button>
      </p>
    </form>
  );
}
