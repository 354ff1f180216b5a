// What people of the group will do, by when, and what became of it.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { dayOf, formatDate, formatSince, t } from "../../i18n";
import { Avatar, Country, Icon, Name, Unseen } from "../../room/view/marks";
import { useConsultation } from "../context";
import { may } from "../rights";
import type { CheckInCard, CommitmentCard, OutcomeName } from "../types";
import { OUTCOMES, outcomeName } from "../words";

export function Commitments(): JSX.Element | null {
  const card = useConsultation().consultation.state.value;
  const mayMake = may(card, "commitment.make");
  if (!mayMake && card.commitments.length === 0) return null;
  return (
    <section class="stack s" aria-labelledby="commitments-h">
      <h3 id="commitments-h">{t("Commitments")}</h3>
      {mayMake && <p class="small muted">{t("They come back at the next session, and after 30 and 90 days.")}</p>}
      {card.commitments.length > 0 && (
        <ul class="rows">
          {card.commitments.map((commitment) => (
            <Row key={commitment.id} commitment={commitment} />
          ))}
        </ul>
      )}
      {mayMake && card.run.writes === "commitments" && <Form />}
      {mayMake && card.run.writes !== "commitments" && (
        <details>
          <summary class="btn small">{t("Make a commitment")}</summary>
          <Form />
        </details>
      )}
    </section>
  );
}

function Form(): JSX.Element {
  const { consultation } = useConsultation();
  const form = useRef<HTMLFormElement>(null);
  const problem = useSignal("");
  const isSending = useSignal(false);
  const send = async () => {
    const fields = new FormData(form.current ?? undefined);
    const [text, due] = [String(fields.get("text") ?? "").trim(), String(fields.get("due") ?? "")];
    if (isSending.peek()) return;
    if (text === "" || due === "") {
      problem.value = t("Say what you will do, and by when.");
      return;
    }
    isSending.value = true;
    const answer = await consultation.do("commitment.make", { text, due }, { isQuiet: true });
    isSending.value = false;
    problem.value = answer.isDone ? "" : answer.refusal.detail || answer.refusal.code;
    if (answer.isDone) form.current?.reset();
  };
  return (
    <form
      class="stack s"
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div class="field">
        <label for="commitment-text">{t("What will you do?")}</label>
        <textarea class="in" id="commitment-text" name="text" rows={2} dir="auto" maxLength={4_000} />
      </div>
      <div class="field">
        <label for="commitment-due">{t("By when?")}</label>
        <input class="in short" id="commitment-due" name="due" type="date" min={dayOf(Date.now())} />
      </div>
      {problem.value !== "" && (
        <p class="bad-t small" role="alert">
          {problem.value}
        </p>
      )}
      <p>
        <button class="btn" type="submit">
          <Icon name="plus" />
          {t("Add the commitment")}
        </button>
      </p>
    </form>
  );
}

function Row({ commitment }: { commitment: CommitmentCard }): JSX.Element {
  const { consultation, ui } = useConsultation();
  const card = consultation.state.value;
  const by = card.people[commitment.by];
  const isMine = commitment.by === card.me;
  const isAnswered = commitment.check_ins.some(({ outcome }) => outcome !== "");
  const mayRemove = isMine && !isAnswered && may(card, "commitment.remove");
  return (
    <li class="stack s recommendation">
      <p class="row tight">
        <Avatar person={by} size="s" />
        <b>
          <Name person={by} />
        </b>
        <Country code={by?.country} />
        <span class="badge">
          <Icon name="clock" />
          {t("by {day}", { day: formatDate(commitment.due) })}
        </span>
      </p>
      <p lang={commitment.language} dir="auto" class="as-typed">
        {commitment.text}
      </p>
      {commitment.check_ins.map((each) => (
        <CheckIn key={each.id} checkIn={each} isMine={isMine} />
      ))}
      {mayRemove && (
        <p>
          <button class="link-btn small" type="button" onClick={() => ui.open({ kind: "give_up", commitment: commitment.id })}>
            {t("Remove")}
            <Unseen> “{commitment.text.slice(0, 60)}”</Unseen>
          </button>
        </p>
      )}
    </li>
  );
}

function askedName(asked: CheckInCard["asked"]): string {
  switch (asked) {
    case "next_session":
      return t("At the next session");
    case "days_30":
      return t("After 30 days");
    case "days_90":
      return t("After 90 days");
  }
}

function CheckIn({ checkIn, isMine }: { checkIn: CheckInCard; isMine: boolean }): JSX.Element | null {
  const card = useConsultation().consultation.state.value;
  const isDue = checkIn.due !== null && checkIn.due <= dayOf(Date.now());
  if (checkIn.outcome !== "") {
    return (
      <p class="small">
        {askedName(checkIn.asked)}: <span class={checkIn.outcome === "done" ? "badge done" : "badge"}>{outcomeName(checkIn.outcome)}</span>{" "}
        <bdi>{checkIn.answer}</bdi> {checkIn.answered_at !== null && <span class="muted">{formatSince(checkIn.answered_at)}</span>}
      </p>
    );
  }
  if (isDue && isMine && may(card, "check_in.answer")) return <AnswerForm checkIn={checkIn} />;
  if (isDue) return <p class="small muted">{t("{when}: waits for an answer.", { when: askedName(checkIn.asked) })}</p>;
  return null;
}

function AnswerForm({ checkIn }: { checkIn: CheckInCard }): JSX.Element {
  const { consultation } = useConsultation();
  const form = useRef<HTMLFormElement>(null);
  const send = () => {
    const fields = new FormData(form.current ?? undefined);
    const outcome = String(fields.get("outcome") ?? "") as OutcomeName;
    void consultation.do("check_in.answer", { check_in: checkIn.id, outcome, text: String(fields.get("text") ?? "").trim() });
  };
  return (
    <form
      class="asked"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p>
        <b>{t("What did you do with our advice?")}</b> <span class="muted">{askedName(checkIn.asked)}</span>
      </p>
      <div class="row">
        <select class="in short" name="outcome" aria-label={t("How far are you?")}>
          {OUTCOMES.map((outcome) => (
            <option key={outcome} value={outcome}>
              {outcomeName(outcome)}
            </option>
          ))}
        </select>
        <input class="in grow" name="text" dir="auto" maxLength={4_000} aria-label={t("In a sentence or two, to your peers")} />
        <button class="btn small" type="submit">
          {t("Answer the peers")}
        </button>
      </div>
    </form>
  );
}
