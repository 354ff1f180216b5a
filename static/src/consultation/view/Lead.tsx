// For who leads: start, pause, more time, on, back, show, finish. Each says what will happen.

import type { JSX } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { t, tn } from "../../i18n";
import { Icon } from "../../room/view/marks";
import { type ConsultationPage, useConsultation } from "../context";
import { caseGiverOf, may } from "../rights";
import type { CommandData, CommandName } from "../types";
import { lengthName } from "../words";

const MINUTES = 2;

/** Milliseconds after a press in which the focus is kept among the buttons, if its own one went. */
const JUST_PRESSED = 5_000;

export function Lead(): JSX.Element | null {
  const { consultation, ui } = useConsultation();
  const card = consultation.state.value;
  useLayoutEffect(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (isLost && Date.now() - ui.movedAt < JUST_PRESSED) document.querySelector<HTMLElement>(".run-lead .btn")?.focus();
  }, [card.run]);
  const { run, protocol } = card;
  const can = (name: CommandName) => may(card, name);
  if (can("consultation.start")) return <Start />;
  if (!can("consultation.finish") && !can("consultation.next")) return null;
  const at = { phase: run.phase };
  const next = protocol.phases[run.phase + 1];
  return (
    <div class="run-lead" role="group" aria-label={t("Lead the consultation")}>
      {can("consultation.reveal") && run.is_silent && (
        <Move name="consultation.reveal" data={at} icon="eye" text={t("Show what was written")} isMain />
      )}
      {can("consultation.next") && next !== undefined && (
        <Move name="consultation.next" data={at} icon="arrow-right" text={t("Next step")} isMain={!run.is_silent} describedBy="next-step" />
      )}
      {can("consultation.finish") && next === undefined && <Finish isMain />}
      {can("consultation.pause") && <Move name="consultation.pause" data={at} icon="pause" text={t("Pause")} />}
      {can("consultation.resume") && <Move name="consultation.resume" data={at} icon="play" text={t("Go on")} isMain />}
      {can("consultation.extend") &&
        (protocol.is_asynchronous ? (
          <Move name="consultation.extend" data={{ ...at, days: 1 }} icon="plus" text={t("1 more day")} />
        ) : (
          <Move name="consultation.extend" data={{ ...at, minutes: MINUTES }} icon="plus" text={tn("{n} more minute", "{n} more minutes", MINUTES)} />
        ))}
      {can("consultation.back") && run.phase > 0 && <Move name="consultation.back" data={at} icon="arrow-left" text={t("Back one step")} />}
      {can("consultation.finish") && next !== undefined && <Finish isMain={false} />}
      <p class="micro muted grow" id="next-step">
        {next === undefined
          ? t("This is the last step.")
          : t("Next: {step}, {length}.", { step: next.name, length: lengthName(next) })}{" "}
        {next !== undefined && run.is_silent && t("Going on shows all that was written.")}
        {next !== undefined && next.listening !== "" && t("Then the case giver only listens.")}
        {protocol.ends_by_clock && next !== undefined && ` ${t("The next step begins by itself when the time is over.")}`}
      </p>
    </div>
  );
}

function Start(): JSX.Element {
  const { consultation, ui } = useConsultation();
  const card = consultation.state.value;
  const first = card.protocol.phases[0];
  const isReady = caseGiverOf(card) !== null;
  return (
    <div class="run-lead" role="group" aria-label={t("Lead the consultation")}>
      <Move name="consultation.start" data={{}} icon="play" text={t("Start the consultation")} isMain isBarred={!isReady} describedBy="start-hint" />
      <p class="micro muted grow" id="start-hint">
        {!isReady
          ? t("First choose who gives the case.")
          : t("It begins with: {step}, {length}. Everybody in the group sees the same clock.", { step: first?.name ?? "", length: first ? lengthName(first) : "" })}
      </p>
      <button class="btn quiet" type="button" onClick={() => ui.open({ kind: "finish" })}>
        {t("Choose another way to work")}
      </button>
    </div>
  );
}

interface MoveProps<Name extends CommandName> {
  name: Name;
  data: CommandData[Name];
  icon: string;
  text: string;
  isMain?: boolean;
  isBarred?: boolean;
  describedBy?: string;
}

function Move<Name extends CommandName>({ name, data, icon, text, isMain = false, isBarred = false, describedBy }: MoveProps<Name>): JSX.Element {
  const page = useConsultation();
  return (
    <button
      class={isMain ? "btn main" : "btn"}
      type="button"
      aria-disabled={isBarred ? "true" : undefined}
      aria-describedby={describedBy}
      onClick={() => !isBarred && void move(page, name, data)}
    >
      <Icon name={icon} />
      {text}
    </button>
  );
}

async function move<Name extends CommandName>({ consultation, ui }: ConsultationPage, name: Name, data: CommandData[Name]): Promise<void> {
  if (ui.isMoving.peek()) return;
  ui.isMoving.value = true;
  ui.movedAt = Date.now();
  await consultation.do(name, data);
  ui.isMoving.value = false;
}

function Finish({ isMain }: { isMain: boolean }): JSX.Element {
  const { ui } = useConsultation();
  return (
    <button class={isMain ? "btn main" : "btn quiet"} type="button" onClick={() => ui.open({ kind: "finish" })}>
      <Icon name="check-check" />
      {t("Finish")}
    </button>
  );
}
