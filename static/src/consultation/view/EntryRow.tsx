// One entry of a list, and what the case giver makes of a suggestion.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { Avatar, Country, Icon, Name, Unseen } from "../../room/view/marks";
import { useConsultation } from "../context";
import { isAdviceOver, isLeading, may } from "../rights";
import type { EntryCard } from "../types";
import { VERDICTS, verdictName } from "../words";
import { Verdict } from "./Verdict";

export function EntryRow({ entry, isHidden }: { entry: EntryCard; isHidden: boolean }): JSX.Element {
  const { consultation } = useConsultation();
  const card = consultation.state.value;
  const isEditing = useSignal(false);
  const by = card.people[entry.by];
  const isMine = entry.by === card.me;
  return (
    <li class={isMine ? "sug mine" : "sug"} data-entry={entry.id}>
      <div class="sug-t">
        <Avatar person={by} size="s" />
        <div class="grow">
          <p class="msg-h">
            <b>
              <Name person={by} />
            </b>{" "}
            <Country code={by?.country} />
            {isHidden && <span class="st"> {t("hidden from the others")}</span>}
          </p>
          {isEditing.value ? (
            <Edit entry={entry} close={() => (isEditing.value = false)} />
          ) : (
            <p lang={entry.language} dir="auto" class="as-typed">
              {entry.text}
            </p>
          )}
          {!isEditing.value && <Tools entry={entry} isMine={isMine} edit={() => (isEditing.value = true)} />}
        </div>
      </div>
      {entry.kind === "suggestions" && !isHidden && (may(card, "entry.judge") ? <Verdict entry={entry} /> : <Judged entry={entry} />)}
    </li>
  );
}

function Judged({ entry }: { entry: EntryCard }): JSX.Element | null {
  if (entry.verdict === "") return null;
  const icon = VERDICTS.find(([verdict]) => verdict === entry.verdict)?.[1] ?? "check";
  return (
    <div class="sug-a">
      <span class={entry.verdict === "take" ? "badge done" : "badge"}>
        <Icon name={icon} />
        {verdictName(entry.verdict)}
      </span>
      {entry.note !== "" && (
        <p class="micro muted">
          {t("Note:")} <bdi>{entry.note}</bdi>
        </p>
      )}
    </div>
  );
}

interface ToolsProps {
  entry: EntryCard;
  isMine: boolean;
  edit: () => void;
}

function Tools({ entry, isMine, edit }: ToolsProps): JSX.Element | null {
  const { consultation, ui } = useConsultation();
  const card = consultation.state.value;
  const isOpen = isMine && entry.verdict === "" && entry.kind === card.run.writes;
  const mayChange = isOpen && may(card, "entry.change");
  const mayRemove = (isOpen && may(card, "entry.remove")) || (isLeading(card) && card.run.open.lead.includes("entry.remove"));
  const used = card.recommendations.find(({ suggestion }) => suggestion === entry.id);
  const mayRecommend = entry.kind === "suggestions" && used === undefined && may(card, "recommendation.write") && !isAdviceOver() && !card.mine.includes(entry);
  if (!mayChange && !mayRemove && !mayRecommend && used === undefined) return null;
  return (
    <p class="row tight small">
      {mayChange && (
        <button class="link-btn" type="button" onClick={edit}>
          {t("Change")}
        </button>
      )}
      {mayRemove && (
        <button class="link-btn" type="button" onClick={() => ui.open({ kind: "remove", entry: entry.id })}>
          {t("Remove")}
          <Unseen> “{entry.text.slice(0, 60)}”</Unseen>
        </button>
      )}
      {mayRecommend && (
        <button class="link-btn" type="button" onClick={() => ui.open({ kind: "recommend", suggestion: entry.id, recommendation: null })}>
          {t("Make it a recommendation")}
        </button>
      )}
      {used !== undefined && <span class="badge info">{t("Recommendation {number}", { number: used.number })}</span>}
    </p>
  );
}

function Edit({ entry, close }: { entry: EntryCard; close: () => void }): JSX.Element {
  const { consultation } = useConsultation();
  const box = useRef<HTMLTextAreaElement>(null);
  const base = useRef(entry.revision);
  const problem = useSignal("");
  useEffect(() => box.current?.focus(), []);
  const save = async () => {
    const text = box.current?.value.trim() ?? "";
    if (text === "" || text === entry.text) return close();
    const answer = await consultation.do("entry.change", { entry: entry.id, text, base: base.current }, { isQuiet: true });
    if (answer.isDone) close();
    else problem.value = answer.refusal.detail || answer.refusal.code;
  };
  return (
    <form
      class="stack s"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label class="vh" for={`edit-${entry.id}`}>
        {t("Your text")}
      </label>
      <textarea ref={box} class="in" id={`edit-${entry.id}`} rows={3} dir="auto" defaultValue={entry.text} />
      {problem.value !== "" && (
        <p class="bad-t small" role="alert">
          {problem.value}
        </p>
      )}
      <p class="row tight">
        <button class="btn small main" type="submit">
          {t("Save")}
        </button>
        <button class="btn small" type="button" onClick={close}>
          {t("Cancel")}
        </button>
      </p>
    </form>
  );
}
