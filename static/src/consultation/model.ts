// A consultation as any page holds it: what the server says, what time it is, what is on its way. No drawing in here.

import { type ReadonlySignal, computed, signal } from "@preact/signals";
import { t } from "../i18n";
import { OutboxFull, type OutboxItem, type Refusal } from "../live/outbox";
import type { Following, Live } from "../live/protocol";
import { CommandRefused } from "../live/sender";
import type { Follower, StreamPhase } from "../live/stream";
import type { ConnectionStatus } from "../live/types";
import { ServerTime } from "../openspace/server_time";
import { FieldEditor, type Version } from "../writing/field_editor";
import { streamEditor } from "../writing/stream_editor";
import { sameText } from "../writing/text";
import { leftOf } from "./clock";
import { isListening } from "./rights";
import { type ConsultationState, consultationState, lacksMine, reduceAll, withMine, withoutMine } from "./store";
import type { CommandData, CommandName, ConsultationCard, ConsultationEvent, EntryAdded } from "./types";

/** Events older than this were missed: they change the state, but nobody is told of them. Milliseconds. */
const NOW = 30_000;

/** They mean this moment: without a connection they are turned down at once, not done an hour later. */
const AT_ONCE = "consultation.";

/** Words that somebody wrote: refused, they stay until they are taken back or deleted. */
const KEPT: ReadonlySet<CommandName> = new Set(["entry.add"]);

export type Answer = { readonly isDone: true; readonly data: unknown } | { readonly isDone: false; readonly refusal: Refusal };

export class ConsultationModel {
  readonly state;
  readonly phase = signal<StreamPhase>("opening");
  readonly connection;
  /** Ids of the people who have it open now. */
  readonly here = signal<readonly number[]>([]);
  readonly time: ServerTime;
  readonly me: number;
  /** Milliseconds left of the step; null while there is no clock. Changes each second. */
  readonly left: ReadonlySignal<number | null>;
  /** The case giver in a step in which only the others speak. */
  readonly isListening: ReadonlySignal<boolean>;
  /** My entries that the server does not have yet, and those that it turned down. */
  readonly pending: ReadonlySignal<readonly OutboxItem[]>;
  readonly note: FieldEditor<string>;
  /** Why the last press was not done. */
  readonly complaint = signal<string | null>(null);
  /** Hears of events as they come, each once; not of those that were there at the beginning. */
  readonly onEvents = new Set<(events: readonly ConsultationEvent[]) => void>();
  readonly #live: Live;
  readonly #following: Following;
  readonly #items;
  readonly #note;
  readonly #sought = new Set<number>();

  constructor(live: Live, card: ConsultationCard, head: number, storage: Storage | null) {
    const name = `consultation:${card.id}`;
    this.#live = live;
    this.me = card.me;
    this.state = signal<ConsultationState>(consultationState(card, head));
    this.connection = signal<ConnectionStatus>(live.status);
    this.time = new ServerTime(() => live.now());
    this.left = computed(() => leftOf(this.state.value.run, this.time.now.value));
    this.isListening = computed(() => isListening(this.state.value));
    this.#items = signal<readonly OutboxItem[]>(live.outbox.items(name));
    this.pending = computed(() => this.#items.value.filter((item) => item.name === "entry.add" && !this.#isShown(item)));
    this.#following = live.follow<ConsultationCard, ConsultationEvent>(name, this.#follower(), head);
    this.#note = signal<Version<string>>({ value: card.note.text, revision: card.note.revision, by: card.me });
    this.note = this.#noteEditor(storage);
    live.outbox.onChange(() => (this.#items.value = live.outbox.items(name)));
    live.onStatus((status) => (this.connection.value = status));
  }

  /** Tells whether it was done; if not, `complaint` says why, unless `isQuiet`. */
  async do<Name extends CommandName>(name: Name, data: CommandData[Name], { isQuiet = false } = {}): Promise<Answer> {
    const answer = await this.#answer(name, data);
    if (!answer.isDone && !isQuiet) this.complaint.value = answer.refusal.detail || answer.refusal.code;
    if (answer.isDone && (name === "entry.add" || name === "entry.change")) {
      this.state.value = withMine(this.state.value, answer.data as EntryAdded);
    }
    if (answer.isDone && name === "entry.remove") {
      this.state.value = withoutMine(this.state.value, (data as CommandData["entry.remove"]).entry);
    }
    return answer;
  }

  /** Deletes what was not sent. */
  discard(id: string): void {
    this.#live.outbox.drop(id);
  }

  /** Whether an event has only just happened. After a lost connection old ones come, too. */
  isNow({ at }: ConsultationEvent): boolean {
    return this.#live.now() - Date.parse(at) < NOW;
  }

  async #answer(name: CommandName, data: object): Promise<Answer> {
    if (name.startsWith(AT_ONCE) && !(await this.#isConnected())) {
      return refused(t("You are not connected. Try again in a moment."));
    }
    try {
      const done = await this.#following.send(name, data, { keep: KEPT.has(name) }).done;
      return { isDone: true, data: done.data };
    } catch (error) {
      if (error instanceof CommandRefused) return { isDone: false, refusal: error.refusal };
      if (error instanceof OutboxFull) return refused(t("Too much is waiting to be sent. Wait for the connection."));
      throw error;
    }
  }

  /** Whoever is quick at the first connection of the page is not told that they came too early. */
  #isConnected(): Promise<boolean> {
    return new Promise((resolve) => {
      const stop = this.connection.subscribe(({ phase }) => {
        if (phase === "connecting") return;
        resolve(phase === "live");
        queueMicrotask(() => stop());
      });
    });
  }

  #noteEditor(storage: Storage | null): FieldEditor<string> {
    const { id, me } = this.state.peek();
    return streamEditor<string>({
      held: this.#note,
      me,
      isSame: sameText,
      send: (value, base) => {
        const sent = this.#following.send("note.write", { text: value, base });
        // No event tells of a private note: its answer does.
        sent.done.then(
          ({ data }) => (this.#note.value = { value, revision: (data as { revision: number }).revision, by: me }),
          () => undefined,
        );
        return sent;
      },
      storage,
      key: `synergy.consultation.${me}.${id}.note`,
    });
  }

  #follower(): Follower<ConsultationCard, ConsultationEvent> {
    return {
      renew: (card, head) => {
        this.state.value = consultationState(card, head);
        this.#note.value = { value: card.note.text, revision: card.note.revision, by: card.me };
      },
      apply: (events) => {
        this.state.value = reduceAll(this.state.value, events);
        this.#seekMissing(events);
        for (const hear of this.onEvents) hear(events);
      },
      here: (people) => (this.here.value = people),
      phase: (phase) => (this.phase.value = phase),
    };
  }

  /** Who joined since the page was made, and what I wrote on another page, come with a fresh state. */
  #seekMissing(events: readonly ConsultationEvent[]): void {
    const { people } = this.state.value;
    const strangers = events.flatMap(({ by }) => (by === null || people[by] || this.#sought.has(by) ? [] : [by]));
    for (const id of strangers) this.#sought.add(id);
    const wroteElsewhere = events.some(({ name, by }) => name === "entry.hidden" && by === this.me) && !this.#isWriting();
    if (strangers.length > 0 || (wroteElsewhere && lacksMine(this.state.value))) this.#following.refresh();
  }

  /** The list has it already. A hidden one comes with the answer, others with their event. */
  #isShown({ state, seq }: OutboxItem): boolean {
    return state === "sent" && (this.state.value.run.is_silent || seq === null || seq <= this.state.value.head);
  }

  /** The answer to an entry of this page is on its way. */
  #isWriting(): boolean {
    return this.#items.value.some(({ name, state }) => name.startsWith("entry.") && (state === "waiting" || state === "sending"));
  }
}

function refused(detail: string): Answer {
  return { isDone: false, refusal: { code: "no_answer", detail } };
}
