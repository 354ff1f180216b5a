// What was written: a list for each kind, the one that is open first.

import type { JSX } from "preact";
import { t, tn } from "../../i18n";
import type { OutboxItem } from "../../live/outbox";
import { Icon } from "../../room/view/marks";
import { useConsultation } from "../context";
import type { ConsultationCard, EntryCard, ListName } from "../types";
import { LISTS, listName } from "../words";
import { EntryRow } from "./EntryRow";

export function Lists(): JSX.Element {
  const { consultation } = useConsultation();
  const card = consultation.state.value;
  const shown = listsOf(card, consultation.pending.value);
  if (shown.length === 0 && card.run.state === "finished") return <p class="muted">{t("Nothing was written in this consultation.")}</p>;
  return (
    <>
      {shown.map((kind) => (
        <List key={kind} kind={kind} />
      ))}
    </>
  );
}

/** The open one, and those in which something stands. */
function listsOf({ entries, mine, run }: ConsultationCard, pending: readonly OutboxItem[]): readonly ListName[] {
  const written = new Set<string>([...entries, ...mine].map(({ kind }) => kind));
  for (const { data } of pending) written.add((data as { kind: string }).kind);
  const found = LISTS.filter((kind) => kind === run.writes || written.has(kind));
  const others = found.filter((kind) => kind !== run.writes && kind !== "agreed").reverse();
  // What is written now, what all of it is about, and then the newest list first.
  return [...new Set([...found.filter((kind) => kind === run.writes), ...found.filter((kind) => kind === "agreed"), ...others])];
}

function List({ kind }: { kind: ListName }): JSX.Element {
  const { consultation } = useConsultation();
  const card = consultation.state.value;
  const isOpen = card.run.writes === kind;
  const entries = card.entries.filter((entry) => entry.kind === kind);
  const mine = card.mine.filter((entry) => entry.kind === kind);
  const pending = consultation.pending.value.filter(({ data }) => (data as { kind: string }).kind === kind);
  const id = `list-${kind}`;
  return (
    <section class="stack s" aria-labelledby={id}>
      <h3 id={id}>
        {listName(kind)} <span class="muted small">{isOpen ? !card.run.is_silent && tn("{n} so far", "{n} so far", entries.length) : entries.length}</span>
      </h3>
      {isOpen && card.run.is_silent && <Hidden card={card} />}
      {entries.length === 0 && mine.length === 0 && pending.length === 0 && !card.run.is_silent && <p class="muted small">{t("Nothing yet.")}</p>}
      <ul class="sugs">
        {entries.map((entry) => (
          <EntryRow key={entry.id} entry={entry} isHidden={false} />
        ))}
        {mine.map((entry: EntryCard) => (
          <EntryRow key={entry.id} entry={entry} isHidden />
        ))}
        {pending.map((item) => (
          <Pending key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

/** How much lies hidden, and of how many people. */
function Hidden({ card }: { card: ConsultationCard }): JSX.Element {
  const count = card.hidden.reduce((sum, each) => sum + each.count, 0);
  const people = card.hidden.filter((each) => each.count > 0).length;
  return (
    <p class="note" data-hidden>
      <Icon name="lock" />
      <span>
        {count === 0
          ? t("Nobody has written yet. Each writes alone; all is shown together.")
          : t("{entries} from {people}, hidden until all is shown together.", {
              entries: tn("{n} entry", "{n} entries", count),
              people: tn("{n} person", "{n} people", people),
            })}
      </span>
    </p>
  );
}

/** On its way, or turned down. */
function Pending({ item }: { item: OutboxItem }): JSX.Element {
  const { consultation } = useConsultation();
  const { text } = item.data as { text: string };
  const isRefused = item.state === "not_sent";
  return (
    <li class="sug mine">
      <div class="sug-t">
        <div>
          <p dir="auto" class="as-typed">
            {text}
          </p>
          <p class={isRefused ? "micro bad-t" : "micro muted"}>{isRefused ? `${t("Not sent.")} ${item.refusal?.detail ?? ""}` : t("Sending…")}</p>
        </div>
      </div>
      {isRefused && (
        <button class="btn small" type="button" onClick={() => consultation.discard(item.id)}>
          {t("Delete")}
        </button>
      )}
    </li>
  );
}
