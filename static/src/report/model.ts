// The report of one topic as a page holds it: what the server says, and what this person is writing.

import { type ReadonlySignal, computed, signal } from "@preact/signals";
import { t } from "../i18n";
import { OutboxFull } from "../live/outbox";
import type { Following, Live } from "../live/protocol";
import { CommandRefused } from "../live/sender";
import type { StreamPhase } from "../live/stream";
import type { FieldEditor } from "./field_editor";
import { samePeople, sameSteps, sameText } from "./fields";
import { streamEditor } from "./stream_editor";
import { type ReportState, reduceAll, reportState } from "./store";
import type { FieldName, NextStep, ReportCard, ReportEvent, TextField } from "./types";

export interface Editors {
  readonly texts: Readonly<Record<TextField, FieldEditor<string>>>;
  readonly steps: FieldEditor<readonly NextStep[]>;
  readonly participants: FieldEditor<readonly number[]>;
}

export interface Beginning {
  readonly card: ReportCard;
  readonly head: number;
}

export class ReportModel {
  readonly topic: number;
  /** Null until the first state has come. */
  readonly state;
  readonly phase = signal<StreamPhase>("opening");
  /** Why the last press was not done. */
  readonly complaint = signal<string | null>(null);
  readonly editors = signal<Editors | null>(null);
  /** Something that this person wrote is not on the server yet. */
  readonly isUnsaved: ReadonlySignal<boolean>;
  /** Two versions of a field wait for this person's choice, or a field was turned down. */
  readonly isStuck: ReadonlySignal<boolean>;
  readonly isEditable: ReadonlySignal<boolean>;
  readonly #following: Following;
  readonly #storage: Storage | null;

  /** `beginning`: what the page brought along; without it the server is asked. */
  constructor(live: Live, topic: number, storage: Storage | null, beginning: Beginning | null = null) {
    this.topic = topic;
    this.#storage = storage;
    this.state = signal<ReportState | null>(null);
    this.isUnsaved = computed(() => this.#all().some(({ isOpen }) => isOpen.value));
    this.isStuck = computed(() => this.#all().some(({ clash, problem }) => clash.value !== null || problem.value !== null));
    this.isEditable = computed(() => this.state.value?.may_edit === true && this.state.value.state === "draft");
    if (beginning !== null) this.#renew(beginning.card, beginning.head);
    this.#following = live.follow<ReportCard, ReportEvent>(
      `topic:${topic}`,
      {
        renew: (card, head) => this.#renew(card, head),
        apply: (events) => {
          if (this.state.value !== null) this.state.value = reduceAll(this.state.value, events);
        },
        phase: (phase) => {
          this.phase.value = phase;
        },
      },
      beginning?.head ?? null,
    );
  }

  async begin(): Promise<void> {
    await this.#do("report.begin");
  }

  /** Saves first what waits. */
  async confirm(): Promise<void> {
    await Promise.all(this.#all().map((editor) => editor.flush()));
    if (this.isStuck.value) this.complaint.value = t("Something is not saved yet. Look at the marked fields first.");
    else await this.#do("report.confirm");
  }

  async reopen(): Promise<void> {
    await this.#do("report.reopen");
  }

  /** Asks for the state again: rights are no part of the log. */
  refresh(): void {
    this.#following.refresh();
  }

  stop(): void {
    for (const editor of this.#all()) {
      void editor.flush();
      editor.stop();
    }
    this.#following.close();
  }

  #all(): readonly FieldEditor<never>[] {
    const editors = this.editors.value;
    if (editors === null) return [];
    return [...Object.values(editors.texts), editors.steps, editors.participants] as unknown as FieldEditor<never>[];
  }

  #renew(card: ReportCard, head: number): void {
    this.state.value = reportState(card, head);
    this.editors.value ??= this.#makeEditors(card);
  }

  #makeEditors(card: ReportCard): Editors {
    const text = (field: TextField) => this.#editor<string>(card, field, sameText);
    return {
      texts: { summary: text("summary"), recommendations: text("recommendations"), resources: text("resources"), requests: text("requests") },
      steps: this.#editor<readonly NextStep[]>(card, "next_steps", sameSteps),
      participants: this.#editor<readonly number[]>(card, "participants", samePeople),
    };
  }

  #editor<Value>(card: ReportCard, field: FieldName, isSame: (one: Value, other: Value) => boolean): FieldEditor<Value> {
    const key = `synergy.report.${card.me}.${this.topic}.${field}`;
    const held = computed(() => {
      const state = this.state.value ?? reportState(card, 0);
      return { value: state[field] as unknown as Value, revision: state.revisions[field] ?? 0, by: state.editors[field] ?? null };
    });
    return streamEditor<Value>({
      held,
      me: card.me,
      isSame,
      send: (value, base) => this.#following.send("report.change", { field, value, base }),
      storage: this.#storage,
      key,
    });
  }

  async #do(name: string): Promise<void> {
    this.complaint.value = null;
    try {
      await this.#following.send(name, {}).done;
    } catch (error) {
      if (!(error instanceof CommandRefused) && !(error instanceof OutboxFull)) throw error;
      this.complaint.value = error.message || t("This did not work. Try again.");
    }
  }
}
