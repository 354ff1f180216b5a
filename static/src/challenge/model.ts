// The form of one challenge as its page holds it: what the server says, what this person is writing, who else is here.

import { type ReadonlySignal, type Signal, computed, signal } from "@preact/signals";
import type { Live } from "../live/protocol";
import type { FieldEditor } from "../writing/field_editor";
import { FormModel } from "../writing/form";
import { type Lack, missingIn } from "./questions";
import { type ChallengeState, challengeState, may, reduceAll } from "./store";
import type { ChallengeCard, ChallengeEvent, FieldName } from "./types";

const FIELDS: readonly FieldName[] = [
  "language",
  "title",
  "key_question",
  "situation",
  "tried",
  "stakeholders",
  "desired_result",
  "constraints",
  "summary",
  "confidentiality",
];

export type Editors = Readonly<Record<FieldName, FieldEditor<string>>>;

export interface Beginning {
  readonly card: ChallengeCard;
  readonly head: number;
}

export class ChallengeModel extends FormModel<ChallengeState, ChallengeCard, ChallengeEvent> {
  readonly editors: Editors;
  readonly isEditable: ReadonlySignal<boolean>;
  readonly missing: ReadonlySignal<readonly Lack[]>;
  /** What is said to the facilitators' questions; it is sent when the challenge is submitted, and kept here till then. */
  readonly answer: Signal<string>;
  /** Somebody here wanted to submit while something was missing: what is missing is marked. */
  readonly isAsked = signal(false);
  readonly #storage: Storage | null;
  readonly #answerKey: string;
  #tell: () => void = () => {};

  constructor(live: Live, { card, head }: Beginning, storage: Storage | null) {
    const state = challengeState(card, head);
    const stream = `challenge:${card.id}`;
    super(live, { state, head, stream, storage, kept: "challenge", renew: challengeState, reduce: reduceAll, fieldOf });
    this.editors = Object.fromEntries(FIELDS.map((name) => [name, this.#editorOf(name)])) as unknown as Editors;
    this.#storage = storage;
    const asked = card.steps.findLast(({ to_state }) => to_state === "returned")?.id ?? 0;
    this.#answerKey = `synergy.challenge.${card.me}.${card.id}.answer.${asked}`;
    this.answer = signal(storage?.getItem(this.#answerKey) ?? "");
    this.isEditable = computed(() => may(this.state.value, "change"));
    this.missing = computed(() => missingIn((name) => this.editors[name].shown.value));
  }

  /** Calls back when something else than a text has changed. */
  onFacts(tell: () => void): void {
    this.#tell = tell;
  }

  /** Whether the field is empty and somebody wanted to submit. */
  lacks(field: FieldName): boolean {
    return this.isAsked.value && this.missing.value.some(({ name }) => name === field);
  }

  /** The first field that keeps it from being submitted: empty, turned down, or in two versions. */
  firstBad(): string | undefined {
    return this.missing.value[0]?.name ?? this.refusedField();
  }

  /** Saves first what waits. Tells whether it is submitted. */
  async submit(): Promise<boolean> {
    this.isAsked.value = true;
    if (this.missing.value.length > 0) return false;
    const isDone = await this.desk.pressSaved(() => this.following.send("challenge.submit", { why: this.answer.peek() }));
    if (isDone) this.setAnswer("");
    return isDone;
  }

  setAnswer(text: string): void {
    this.answer.value = text;
    try {
      if (text === "") this.#storage?.removeItem(this.#answerKey);
      else this.#storage?.setItem(this.#answerKey, text);
    } catch {
      // It is on the page.
    }
  }

  protected override heard(events: readonly ChallengeEvent[]): void {
    super.heard(events);
    if (events.some(({ name }) => name !== "challenge.changed")) this.#tell();
  }

  #editorOf(name: FieldName): FieldEditor<string> {
    return this.editor({
      id: name,
      name,
      thing: () => this.state.value,
      send: (value, base) => this.following.send("challenge.change", { field: name, value, base }),
    });
  }
}

function fieldOf(event: ChallengeEvent): string | null {
  return event.name === "challenge.changed" ? event.data.field : null;
}
