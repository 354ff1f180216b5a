// Take, think or leave: radio buttons, with a note beside them. For the case giver alone.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../room/view/marks";
import { useConsultation } from "../context";
import type { EntryCard, VerdictName } from "../types";
import { VERDICTS, verdictName } from "../words";

/** Arrow keys pass over an answer on their way to another one: only where they rest is sent. Milliseconds. */
const REST = 400;

export function Verdict({ entry }: { entry: EntryCard }): JSX.Element {
  const { consultation } = useConsultation();
  const by = consultation.state.value.people[entry.by];
  const chosen = useSignal<VerdictName | "">(entry.verdict);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const sending = useRef(Promise.resolve());
  const latest = useRef(entry);
  latest.current = entry;
  useEffect(() => {
    chosen.value = entry.verdict;
  }, [entry.verdict]);

  /** One after the other: each names the revision that the one before has made. */
  const judge = (verdict: VerdictName | "", note: string) => {
    sending.current = sending.current.then(async () => {
      const { id, revision: base } = latest.current;
      if (verdict === latest.current.verdict && note === latest.current.note) return;
      const answer = await consultation.do("entry.judge", { entry: id, verdict, base, note });
      if (!answer.isDone) chosen.value = latest.current.verdict;
      // The answer may be here before the event that brings the new revision.
      for (let tries = 0; answer.isDone && latest.current.revision === base && tries < 20; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    });
  };
  const choose = (verdict: VerdictName) => {
    chosen.value = verdict;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => judge(verdict, latest.current.note), REST);
  };
  return (
    <div class="sug-a">
      <fieldset class="seg">
        <legend class="vh">{t("Your answer to {name}", { name: by?.name ?? "…" })}</legend>
        {VERDICTS.map(([verdict, icon]) => (
          <label key={verdict}>
            <input type="radio" name={`verdict-${entry.id}`} value={verdict} checked={chosen.value === verdict} onChange={() => choose(verdict)} />
            <Icon name={icon} />
            {verdictName(verdict)}
          </label>
        ))}
      </fieldset>
      {chosen.value !== "" && (
        <div class="field">
          <label class="micro" for={`note-${entry.id}`}>
            {t("Your note")}
          </label>
          <input
            class="in"
            id={`note-${entry.id}`}
            defaultValue={entry.note}
            maxLength={500}
            dir="auto"
            onChange={({ currentTarget }) => judge(chosen.peek(), currentTarget.value.trim())}
          />
        </div>
      )}
    </div>
  );
}
