// Notes of a topic: one text field that everybody in the room writes in.
//
//   <NotesPanel live={live} stream="notes:5" />

import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Live } from "../../live/protocol";
import type { StreamName } from "../../live/types";
import { Icon, Unseen } from "../../room/view/marks";
import { Binding } from "../binding";
import { NotesModel } from "../model";
import type { NotesStateCard } from "../types";
import { CopyButton } from "./CopyButton";
import { SavingMark, Trouble } from "./SavingMark";
import { Writers } from "./Writers";

/** As the server has it, in UTF-16 units. */
const TEXT_LIMIT = 200_000;

interface Props {
  live: Live;
  stream: StreamName;
  /** The state that came with the page, as it was at `head`. */
  start?: { readonly card: NotesStateCard; readonly head: number };
}

export function NotesPanel({ live, stream, start }: Props): JSX.Element {
  const [notes, setNotes] = useState<NotesModel | null>(null);
  useEffect(() => {
    const model = new NotesModel(live, stream, start);
    setNotes(model);
    return () => {
      setNotes(null);
      model.close();
    };
  }, [live, stream]);
  return notes === null ? <Waiting /> : <Paper key={stream} notes={notes} />;
}

function Waiting(): JSX.Element {
  return (
    <section class="notes" aria-busy="true" aria-label={t("Notes")}>
      <p class="notes-wait muted">{t("Loading the notes…")}</p>
    </section>
  );
}

function Paper({ notes }: { notes: NotesModel }): JSX.Element {
  const title = useId();
  const end = endOf(notes);
  if (end !== null) {
    return (
      <section class="notes" aria-label={t("Notes")}>
        <p class="note care">
          <Icon name="lock" />
          <span>{end}</span>
        </p>
      </section>
    );
  }
  const isLoading = notes.card.value === null;
  return (
    <section class="notes" aria-labelledby={title} aria-busy={isLoading}>
      <header class="notes-h">
        <div class="grow">
          <p class="kicker">{t("Notes")}</p>
          <h2 class="h3" id={title}>
            <bdi>{notes.card.value?.title ?? t("Loading the notes…")}</bdi>
          </h2>
        </div>
      </header>
      <Trouble notes={notes} />
      {isLoading ? <p class="notes-wait muted">{t("Loading the notes…")}</p> : <Field notes={notes} titledBy={title} />}
    </section>
  );
}

function Field({ notes, titledBy }: { notes: NotesModel; titledBy: string }): JSX.Element {
  const field = useRef<HTMLTextAreaElement>(null);
  const binding = useRef<Binding | null>(null);
  const hint = useId();
  const document = notes.document.value;
  useEffect(() => {
    if (field.current === null) return;
    const bound = new Binding(field.current, document, () => notes.typed());
    binding.current = bound;
    const forget = keepOnLeaving(() => {
      bound.settle();
      notes.flush();
    });
    return () => {
      forget();
      bound.stop();
      binding.current = null;
    };
  }, [document]);
  const rights = notes.rights.value;
  return (
    <>
      <p class="notes-hint small muted" id={hint}>
        {rights?.post ? t("Everybody in the room can write here.") : rights?.why_not_post}
      </p>
      <textarea
        class="notes-text"
        ref={field}
        aria-labelledby={titledBy}
        aria-describedby={hint}
        readOnly={!rights?.post}
        maxLength={TEXT_LIMIT}
        dir="auto"
        placeholder={rights?.post ? t("What was said, what you agreed on, who does what…") : t("Nothing is written here yet.")}
      />
      <footer class="notes-f">
        <Writers notes={notes} />
        {(rights?.post || notes.saving.value !== "saved") && <SavingMark notes={notes} />}
        {rights?.post && <History notes={notes} binding={binding} />}
        <CopyButton text={() => document.text} />
      </footer>
    </>
  );
}

/** For who has no keyboard, and for who does not know the keys. */
function History({ notes, binding }: { notes: NotesModel; binding: { current: Binding | null } }): JSX.Element {
  return (
    <>
      <HistoryButton
        icon="undo-2"
        isPossible={notes.canUndo.value}
        name={t("Undo what I typed")}
        why={t("You have typed nothing that could be undone.")}
        act={() => binding.current?.undo()}
      />
      <HistoryButton
        icon="redo-2"
        isPossible={notes.canRedo.value}
        name={t("Redo")}
        why={t("You have undone nothing.")}
        act={() => binding.current?.redo()}
      />
    </>
  );
}

interface HistoryButtonProps {
  icon: string;
  isPossible: boolean;
  name: string;
  why: string;
  act: () => void;
}

function HistoryButton({ icon, isPossible, name, why, act }: HistoryButtonProps): JSX.Element {
  return (
    <button
      class="icon-btn small"
      type="button"
      title={isPossible ? name : `${name}. ${why}`}
      aria-disabled={!isPossible}
      onClick={() => isPossible && act()}
    >
      <Icon name={icon} />
      <Unseen>{isPossible ? name : `${name}. ${why}`}</Unseen>
    </button>
  );
}

/** What is typed must be in the outbox before the page goes. */
function keepOnLeaving(keep: () => void): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  window.addEventListener("pagehide", keep, { signal });
  window.document.addEventListener("visibilitychange", () => window.document.hidden && keep(), { signal });
  return () => ends.abort();
}

function endOf(notes: NotesModel): string | null {
  switch (notes.phase.value) {
    case "revoked":
    case "forbidden":
      return t("You have no seat here any more, or no access to these notes.");
    case "ended":
    case "not_found":
      return t("These notes are closed.");
    case "moved":
      return t("These notes have moved. Load the page again.");
    default:
      return null;
  }
}
