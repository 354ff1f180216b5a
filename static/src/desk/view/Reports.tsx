// Reports that are not in, of rounds that are over: who is asked for them.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { formatTime, t, tn } from "../../i18n";
import { slotName } from "../../openspace/clock";
import type { GatheringEvent, TopicCard } from "../../openspace/types";
import { Avatar, Country, Icon, Name, Unseen } from "../../room/view/marks";
import { calledUpon, reportsNotIn, topicsHeld } from "../look";
import { usePage } from "./context";
import { ReportBadge } from "./RoomCard";

export function Reports(): JSX.Element | null {
  const { gathering } = usePage();
  const state = gathering.state.value;
  const open = reportsNotIn(state);
  const held = topicsHeld(state).filter(({ did_not_happen }) => !did_not_happen);
  const reminded = useReminded();
  if (held.length === 0) return null;
  return (
    <section class="sheet tight desk-grid" aria-labelledby="reports-title" data-place="reports">
      <header>
        <h2 class="h-sm" id="reports-title">
          {t("Reports not in")}
        </h2>
        {open.length > 0 && <span class="small muted">{open.length}</span>}
      </header>
      <ul class="rows">
        {open.map((topic) => (
          <Report key={topic.id} topic={topic} remindedAt={reminded.get(topic.id)} />
        ))}
      </ul>
      <p class="micro muted">
        {tn("{in} of {n} report is in.", "{in} of {n} reports are in.", held.length, { in: held.length - open.length })}
      </p>
    </section>
  );
}

/** topic → when its convener was reminded, as far as this page has seen. */
function useReminded(): ReadonlyMap<number, string> {
  const { gathering } = usePage();
  const seen = useSignal<ReadonlyMap<number, string>>(new Map());
  useEffect(() => {
    const hear = (events: readonly GatheringEvent[]) => {
      for (const event of events) {
        if (event.name === "report.reminded") seen.value = new Map([...seen.value, [event.data.topic, event.at]]);
      }
    };
    gathering.onEvents.add(hear);
    return () => void gathering.onEvents.delete(hear);
  }, []);
  return seen.value;
}

function Report({ topic, remindedAt }: { topic: TopicCard; remindedAt: string | undefined }): JSX.Element {
  const { gathering, ui } = usePage();
  const state = gathering.state.value;
  const isOpen = state.gathering.stage !== "closed";
  const convener = calledUpon(topic, state)[0];
  const slot = state.slots.find(({ id }) => id === topic.places.at(-1)?.slot);
  const mark = () =>
    ui.begin({
      run: { name: "topic.mark", data: { topic: topic.id, took_place: false } },
      question: {
        title: t("It did not take place?"),
        text: t("“{title}” is named in the proceedings without a report. The convener can change it again.", { title: topic.title }),
        yes: t("It did not take place"),
        no: t("Cancel"),
      },
    });
  return (
    <li class="stack s">
      <span class="person">
        <Avatar person={convener} size="s" />
        <span>
          {convener ? (
            <>
              <b>
                <Name person={convener} />
              </b>{" "}
              <Country code={convener.country} />
            </>
          ) : (
            <b>{t("Nobody convenes it")}</b>
          )}
          <small lang={topic.language}>“{topic.title}”</small>
        </span>
      </span>
      <p class="row tight micro muted">
        <ReportBadge topic={topic} />
        {slot !== undefined && slotName(state.slots, slot)}
        {remindedAt !== undefined && <span>{t("reminded at {time}", { time: formatTime(remindedAt) })}</span>}
      </p>
      <div class="row tight">
        {convener !== undefined && isOpen && (
          <button class="btn small" type="button" onClick={() => void ui.do({ name: "report.remind", data: { topic: topic.id } })}>
            <Icon name="bell" />
            {t("Remind")}
            <Unseen>, {topic.title}</Unseen>
          </button>
        )}
        <a class="btn small quiet" href={`/gatherings/${state.gathering.id}/topics/${topic.number}/`}>
          {t("Open it")}
          <Unseen>, {topic.title}</Unseen>
        </a>
        {isOpen && (
          <button class="btn small quiet" type="button" onClick={mark}>
            {t("Did not take place")}
            <Unseen>, {topic.title}</Unseen>
          </button>
        )}
      </div>
    </li>
  );
}
