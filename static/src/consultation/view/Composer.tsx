// Where one writes into the list that is open; or why one does not, and until when.

import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { formatTime, formatMoment, t } from "../../i18n";
import { Icon, Unseen } from "../../room/view/marks";
import { reopeningFor } from "../clock";
import { type ConsultationPage, useConsultation } from "../context";
import type { ConsultationCard, ListName } from "../types";
import { fieldName, whyNoEntry } from "../words";
import { isComposed } from "../../room/composing/textarea";

const LONGEST = 4_000;

export function Composer(): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const card = useConsultation().consultation.state.value;
  const why = whyNoEntry(card);
  // Asked here, where the field still stands: the reason that comes in its place takes the focus.
  const hadFocus = place.current?.contains(document.activeElement) === true;
  useLayoutEffect(() => {
    if (hadFocus && why !== null && !place.current?.contains(document.activeElement)) place.current?.focus();
  }, [why]);
  return (
    <div ref={place} tabIndex={-1}>
      <Content card={card} why={why} />
    </div>
  );
}

function Content({ card, why }: { card: ConsultationCard; why: string | null }): JSX.Element {
  const { consultation } = useConsultation();
  if (why === null) return <Field kind={card.run.writes as ListName} />;
  const isListOpen = card.run.writes !== "nothing" && card.run.writes !== "commitments";
  if (card.run.state === "finished" || (!isListOpen && !consultation.isListening.value)) return <Begun why={null} />;
  return <Closed card={card} why={why} />;
}

function draftKey({ id, me }: ConsultationCard): string {
  return `synergy.consultation.${me}.${id}.entry`;
}

function keep({ consultation, storage }: ConsultationPage, text: string): void {
  const key = draftKey(consultation.state.peek());
  try {
    if (text.trim() === "") storage?.removeItem(key);
    else storage?.setItem(key, text);
  } catch {
    // Full or forbidden: it is lost only if the page closes.
  }
}

function begun({ consultation, storage }: ConsultationPage): string {
  try {
    return storage?.getItem(draftKey(consultation.state.peek())) ?? "";
  } catch {
    return "";
  }
}

function Field({ kind }: { kind: ListName }): JSX.Element {
  const page = useConsultation();
  const { consultation } = page;
  const box = useRef<HTMLTextAreaElement>(null);
  const { run } = consultation.state.value;
  useEffect(() => {
    if (box.current !== null) box.current.value = begun(page);
  }, []);
  const send = () => {
    const field = box.current;
    const text = field?.value.trim() ?? "";
    if (field === null || text === "") return;
    field.value = "";
    keep(page, "");
    field.focus();
    void consultation.do("entry.add", { phase: consultation.state.peek().run.phase, kind, text }, { isQuiet: true }).then((answer) => {
      if (!answer.isDone) page.ui.say(answer.refusal.detail || answer.refusal.code);
    });
  };
  return (
    <form
      class="stack s"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="field">
        <label for="entry-text">{fieldName(kind)}</label>
        {run.is_silent && (
          <p class="hint" id="entry-hint">
            {t("Hidden from the others until all is shown together.")}
          </p>
        )}
        <textarea
          ref={box}
          class="in"
          id="entry-text"
          rows={2}
          dir="auto"
          maxLength={LONGEST}
          placeholder={t("Write in any language")}
          aria-describedby={run.is_silent ? "entry-hint" : undefined}
          onInput={({ currentTarget }) => keep(page, currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isComposed(event)) return;
            event.preventDefault();
            send();
          }}
        />
      </div>
      <p class="row">
        <button class="btn main" type="submit">
          <Icon name="send" />
          {t("Add")}
        </button>
        <span class="micro muted only-wide">{t("Ctrl + Enter adds it, too.")}</span>
      </p>
    </form>
  );
}

/** The reason stands where the field was; it takes the focus if the field had it. */
function Closed({ card, why }: { card: ConsultationCard; why: string }): JSX.Element {
  const { consultation } = useConsultation();
  const isListening = consultation.isListening.value;
  return (
    <div class="stack s">
      <div class="muted-box" data-closed>
        <p class="label" id="closed-h">
          {t("Your message")}
        </p>
        <p class="in row nowrap" id="closed-why">
          <Icon name={isListening ? "ear" : "lock"} />
          {why}
        </p>
        <p class="micro muted">{isListening ? <Until card={card} /> : t("Your private notes stay open.")}</p>
      </div>
      <Begun why={t("What you wrote is kept in this browser.")} />
    </div>
  );
}

function Until({ card }: { card: ConsultationCard }): JSX.Element {
  const next = reopeningFor(card.protocol, card.run);
  const zone = document.documentElement.dataset["zoneName"] ?? "";
  if (next === null) return <>{t("You can write again when the consultation is finished. Your private notes stay open.")}</>;
  const step = card.protocol.phases[next.phase]?.name ?? "";
  if (next.at === null) return <>{t("You can write again in “{step}”. Your private notes stay open.", { step })}</>;
  const time = card.protocol.is_asynchronous ? formatMoment(next.at) : `${formatTime(next.at)} (${zone})`;
  return <>{t("You can write again in “{step}”, from about {time}. Your private notes stay open.", { step, time })}</>;
}

/** What was begun when the list closed. */
function Begun({ why }: { why: string | null }): JSX.Element | null {
  const page = useConsultation();
  const text = begun(page);
  if (text.trim() === "") return null;
  return (
    <div class="field">
      <label for="entry-kept">{why ?? t("You had begun to write this:")}</label>
      <textarea class="in" id="entry-kept" rows={3} dir="auto" readOnly value={text} />
      <p>
        <button
          class="btn small"
          type="button"
          onClick={({ currentTarget }) => {
            keep(page, "");
            currentTarget.closest(".field")?.remove();
          }}
        >
          <Icon name="trash-2" />
          {t("Delete")}
          <Unseen> {t("what you had begun to write")}</Unseen>
        </button>
      </p>
    </div>
  );
}
