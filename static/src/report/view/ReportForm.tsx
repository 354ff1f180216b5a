// The report of a topic: not begun, a draft that all write, or confirmed. In a room and on the topic's page.

import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { formatSince, t } from "../../i18n";
import { Icon } from "../../room/view/marks";
import type { TopicCard } from "../../openspace/types";
import { FieldState } from "../../writing/view/FieldState";
import { TextArea } from "../../writing/view/TextArea";
import { questions } from "../fields";
import type { ReportModel } from "../model";
import type { ReportState } from "../store";
import type { NextStep } from "../types";
import { Participants } from "./Participants";
import { Confirmed } from "./Confirmed";
import { Steps } from "./Steps";

interface Props {
  report: ReportModel;
  topic: TopicCard;
  mayMark: boolean;
  /** Says that the topic took place, or did not. */
  mark: (tookPlace: boolean) => void;
}

export function ReportForm({ report, topic, mayMark, mark }: Props): JSX.Element {
  const state = report.state.value;
  if (state === null) return <Waiting report={report} />;
  return (
    <div class="report-form stack">
      <Standing state={state} topic={topic} />
      {!topic.did_not_happen && state.state !== "none" && (report.isEditable.value ? <Draft report={report} state={state} /> : <Confirmed state={state} />)}
      <p class="bad-t" role="alert">
        {report.desk.complaint.value}
      </p>
      <div class="row">
        {topic.state === "offered" && !topic.did_not_happen && state.may_edit && <Buttons report={report} state={state} />}
        {mayMark && topic.state === "offered" && <Mark topic={topic} state={state} mark={mark} />}
      </div>
    </div>
  );
}

function Waiting({ report }: { report: ReportModel }): JSX.Element {
  const isOver = !["opening", "catching_up", "live"].includes(report.phase.value);
  if (isOver) return <p class="muted">{t("This report is not open to you.")}</p>;
  return (
    <div>
      <div class="skel">
        <i />
        <i />
        <i />
      </div>
      <span class="vh">{t("Loading the report…")}</span>
    </div>
  );
}

function Standing({ state, topic }: { state: ReportState; topic: TopicCard }): JSX.Element {
  if (topic.did_not_happen) {
    return (
      <p class="note">
        <Icon name="info" />
        <span>{t("This topic did not take place, so it has no report.")}</span>
      </p>
    );
  }
  if (state.state === "none") {
    return <p>{t("Nobody has begun the report yet. It begins with the notes of the room and the people who were there.")}</p>;
  }
  if (state.state === "confirmed") {
    return (
      <p class="note done">
        <Icon name="circle-check" />
        <span>
          {t("This report is confirmed.")} {state.confirmed_at !== null && formatSince(state.confirmed_at)}
        </span>
      </p>
    );
  }
  if (!state.may_edit) return <p class="muted small">{t("A draft. You can read it, but not write here.")}</p>;
  return <p class="muted small">{t("A draft. Everybody who takes part may write; the convener confirms it.")}</p>;
}

function Draft({ report, state }: { report: ReportModel; state: ReportState }): JSX.Element | null {
  const id = useId();
  const editors = report.editors.value;
  if (editors === null) return null;
  return (
    <>
      {questions().map(({ name, label, hint }) => (
        <div class={editors.texts[name].clash.value || editors.texts[name].problem.value ? "field bad" : "field"} key={name}>
          <label for={`${id}-${name}`}>{label}</label>
          <p class="hint" id={`${id}-${name}-hint`}>
            {hint}
          </p>
          <TextArea
            id={`${id}-${name}`}
            editor={editors.texts[name]}
            language={state.language}
            describedBy={`${id}-${name}-hint ${id}-${name}-state`}
          />
          <FieldState id={`${id}-${name}-state`} editor={editors.texts[name]} people={state.people} draw={(text) => text} />
        </div>
      ))}
      <fieldset class="field">
        <legend>{t("Next steps")}</legend>
        <Steps id={`${id}-step`} editor={editors.steps} />
        <FieldState id={`${id}-step-state`} editor={editors.steps} people={state.people} draw={stepsText} />
      </fieldset>
      <fieldset class="field">
        <legend>{t("Who took part")}</legend>
        <Participants id={`${id}-person`} editor={editors.participants} people={state.people} />
        <FieldState
          id={`${id}-person-state`}
          editor={editors.participants}
          people={state.people}
          draw={(ids) => ids.map((each) => state.people[each]?.name ?? "…").join(", ")}
        />
      </fieldset>
      <p class="hint micro" role="status">
        {savedLine(report, state)}
      </p>
    </>
  );
}

function stepsText(steps: readonly NextStep[]): string {
  return steps.map(({ what, who, when }) => [what, who, when].filter(Boolean).join(" · ")).join("\n");
}

function savedLine(report: ReportModel, state: ReportState): string {
  if (report.desk.isStuck.value) return t("Not everything is saved. Look at the marked fields.");
  if (report.desk.isUnsaved.value) return t("Saving…");
  return state.changed_at === null ? "" : t("Saved {time}", { time: formatSince(state.changed_at) });
}

function Buttons({ report, state }: { report: ReportModel; state: ReportState }): JSX.Element | null {
  if (state.state === "none") {
    return (
      <button class="btn main" type="button" onClick={() => void report.begin()}>
        {t("Begin the report")}
      </button>
    );
  }
  if (!state.may_confirm) return null;
  if (state.state === "confirmed") {
    return (
      <button class="btn" type="button" onClick={() => void report.reopen()}>
        {t("Open it again")}
      </button>
    );
  }
  return (
    <button class="btn main" type="button" onClick={() => void report.confirm()}>
      {t("Confirm the report")}
    </button>
  );
}

function Mark({ topic, state, mark }: { topic: TopicCard; state: ReportState; mark: (tookPlace: boolean) => void }): JSX.Element | null {
  if (topic.did_not_happen) {
    return (
      <button class="btn" type="button" onClick={() => mark(true)}>
        {t("It did take place")}
      </button>
    );
  }
  if (state.state === "confirmed") return null;
  return (
    <button class="btn quiet" type="button" onClick={() => mark(false)}>
      {t("This topic did not take place")}
    </button>
  );
}
