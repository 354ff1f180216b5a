// The report of one topic as a page holds it: what the server says, and what this person is writing.

import { type ReadonlySignal, computed, signal } from "@preact/signals";
import type { Following, Live } from "../live/protocol";
import type { StreamPhase } from "../live/stream";
import { WritingDesk } from "../writing/desk";
import type { FieldEditor } from "../writing/field_editor";
import { streamEditor } from "../writing/stream_editor";
import { sameText } from "../writing/text";
import { samePeople, sameSteps } from "./fields";
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
  readonly editors = signal<Editors | null>(null);
  readonly isEditable: ReadonlySignal<boolean>;
  readonly desk = new WritingDesk();
  readonly #following: Following;
  readonly #storage: Storage | null;

  /** `beginning`: what the page brought along; without it the server is asked. */
  constructor(live: Live, topic: number, storage: Storage | null, beginning: Beginning | null = null) {
    this.topic = topic;
    this.#storage = storage;
    this.state = signal<ReportState | null>(null);
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
    await this.desk.press(() => this.#following.send("report.begin", {}));
  }

  /** Saves first what waits. */
  async confirm(): Promise<void> {
    await this.desk.pressSaved(() => this.#following.send("report.confirm", {}));
  }

  async reopen(): Promise<void> {
    await this.desk.press(() => this.#following.send("report.reopen", {}));
  }

  /** Asks for the state again: rights are no part of the log. */
  refresh(): void {
    this.#following.refresh();
  }

  stop(): void {
    this.desk.stop();
    this.#following.close();
  }

  #renew(card: ReportCard, head: number): void {
    this.state.value = reportState(card, head);
    if (this.editors.value !== null) return;
    const editors = this.#makeEditors(card);
    this.editors.value = editors;
    this.desk.take([...Object.values(editors.texts), editors.steps, editors.participants]);
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
}
