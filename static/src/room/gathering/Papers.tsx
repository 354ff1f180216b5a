// The papers of the topic beside the talk: the notes that all write together, and the report.

import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { t } from "../../i18n";
import { NotesPanel } from "../../notes/view/NotesPanel";
import type { TopicCard } from "../../openspace/types";
import { ReportForm } from "../../report/view/ReportForm";
import { usePage } from "../view/context";
import { Icon, Unseen } from "../view/marks";
import { useGathering, usePlace } from "./context";

type Kind = "notes" | "report";

export function Papers({ kind }: { kind: Kind }): JSX.Element | null {
  const { room, ui } = usePage();
  const place = usePlace();
  const topic = place.papers.value;
  const side = useRef<HTMLElement>(null);
  useSignalEffect(() => {
    if (!ui.paperSought.value) return;
    ui.paperSought.value = false;
    requestAnimationFrame(() => takeFocus(side.current));
  });
  if (topic === undefined) return null;
  const hasNotes = topic.notes !== null;
  const close = () => {
    room.closePanel(ui);
    requestAnimationFrame(() => document.getElementById("open-papers")?.focus());
  };
  const shown: Kind = kind === "notes" && !hasNotes ? "report" : kind;
  return (
    <aside class="room-r room-papers" aria-label={t("Notes and report")} ref={side} data-kind={shown}>
      <header class="room-papers-h">
        <Tabs shown={shown} hasNotes={hasNotes} topic={topic} />
        <button class="icon-btn small" type="button" onClick={close}>
          <Icon name="x" />
          <Unseen>{t("Close")}</Unseen>
        </button>
      </header>
      <div class="room-papers-b" role="tabpanel" id="papers-panel" aria-labelledby={`papers-${shown}`} tabIndex={0}>
        <Before topic={topic} />
        {shown === "notes" ? <Notes topic={topic} /> : <Report topic={topic} />}
      </div>
    </aside>
  );
}

/** The tab; in a narrow window, which has none here, the panel. */
function takeFocus(side: HTMLElement | null): void {
  const tab = side?.querySelector<HTMLElement>("[role=tab][aria-selected=true]");
  tab?.focus();
  if (document.activeElement !== tab) side?.querySelector<HTMLElement>("[role=tabpanel]")?.focus();
}

/** The papers are of a topic that was here in an earlier round. */
function Before({ topic }: { topic: TopicCard }): JSX.Element | null {
  const place = usePlace();
  const now = place.isNow.value ? place.topic.value : undefined;
  if (now?.id === topic.id) return null;
  return (
    <div class="papers-before small">
      <p class="muted">
        {t("This topic was here before:")}{" "}
        <b lang={topic.language}>
          <bdi>{topic.title}</bdi>
        </b>
      </p>
      {now !== undefined && (
        <button class="btn small" type="button" onClick={() => place.turnPapers()}>
          {t("To the papers of the topic that is here now")}
        </button>
      )}
    </div>
  );
}

function Notes({ topic }: { topic: TopicCard }): JSX.Element | null {
  const page = useGathering();
  if (page === null || topic.notes === null) return null;
  return <NotesPanel key={topic.notes} live={page.live} stream={`notes:${topic.notes}`} />;
}

function Report({ topic }: { topic: TopicCard }): JSX.Element | null {
  const place = usePlace();
  const report = place.report.value;
  if (report === null || report.topic !== topic.id) return null;
  const { take_part, facilitate } = place.gathering.rights.value;
  return (
    <>
      <ReportForm
        key={topic.id}
        report={report}
        topic={topic}
        mayMark={take_part && (place.convenesPapers.value || facilitate)}
        mark={(tookPlace) => place.mark(tookPlace)}
      />
      <p class="small">
        <a href={`/gatherings/${place.gathering.card.value.id}/topics/${topic.number}/`}>{t("The report on a page of its own")}</a>
      </p>
    </>
  );
}

interface TabsProps {
  shown: Kind;
  hasNotes: boolean;
  topic: TopicCard;
}

function Tabs({ shown, hasNotes, topic }: TabsProps): JSX.Element {
  const { ui } = usePage();
  const list = useRef<HTMLDivElement>(null);
  const all: readonly [Kind, string, string][] = [
    ["notes", "pencil", t("Notes")],
    ["report", "file-text", t("Report")],
  ];
  const kinds = all.filter(([kind]) => hasNotes || kind === "report");
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = kinds.find(([kind]) => kind !== shown)?.[0];
    if (other === undefined) return;
    event.preventDefault();
    ui.restOn({ kind: other });
    list.current?.querySelector<HTMLElement>(`#papers-${other}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" ref={list} aria-label={t("Papers of the topic")} onKeyDown={keys}>
      {kinds.map(([kind, icon, text]) => (
        <button
          key={kind}
          id={`papers-${kind}`}
          type="button"
          role="tab"
          aria-selected={kind === shown}
          aria-controls={kind === shown ? "papers-panel" : undefined}
          tabIndex={kind === shown ? 0 : -1}
          onClick={() => ui.restOn({ kind })}
        >
          <Icon name={icon} />
          {text}
          {kind === "report" && <ReportBadge topic={topic} />}
        </button>
      ))}
    </div>
  );
}

export function ReportBadge({ topic }: { topic: TopicCard }): JSX.Element | null {
  if (topic.report === "confirmed") return <span class="badge done">{t("Confirmed")}</span>;
  if (topic.report === "draft") return <span class="badge care">{t("Draft")}</span>;
  return null;
}
