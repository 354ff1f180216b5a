// The form of one challenge as its page holds it: what the server says, what this person is writing, who else is here.

import { type ReadonlySignal, computed, signal } from "@preact/signals";
import type { Following, Live } from "../live/protocol";
import type { StreamPhase } from "../live/stream";
import { Typing } from "../room/typing";
import { WritingDesk } from "../writing/desk";
import type { FieldEditor } from "../writing/field_editor";
import { streamEditor } from "../writing/stream_editor";
import { sameText } from "../writing/text";
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

export class ChallengeModel {
  readonly state;
  readonly phase = signal<StreamPhase>("opening");
  readonly editors: Editors;
  readonly desk = new WritingDesk();
  readonly isEditable: ReadonlySignal<boolean>;
  readonly missing: ReadonlySignal<readonly Lack[]>;
  /** Ids of the others who have this challenge open. */
  readonly others: ReadonlySignal<readonly number[]>;
  /** Somebody here wanted to submit while something was missing: what is missing is marked. */
  readonly isAsked = signal(false);
  /** When something was saved last while the page is open: ISO 8601. */
  readonly savedAt = signal<string | null>(null);
  /** Who writes now; `writesIn` says where. */
  readonly typing: Typing;
  readonly #writesIn = signal<ReadonlyMap<number, string>>(new Map());
  readonly #here = signal<readonly number[]>([]);
  readonly #following: Following;
  #field: FieldName = "title";
  #tell: () => void = () => {};

  constructor(live: Live, { card, head }: Beginning, storage: Storage | null) {
    this.state = signal<ChallengeState>(challengeState(card, head));
    const editors = FIELDS.map((field) => [field, this.#editor(field, storage)] as const);
    this.editors = Object.fromEntries(editors) as unknown as Editors;
    this.desk.take(Object.values(this.editors));
    this.isEditable = computed(() => may(this.state.value, "change"));
    this.missing = computed(() => missingIn((name) => this.editors[name].shown.value));
    this.others = computed(() => this.#here.value.filter((id) => id !== card.me));
    this.#following = live.follow<ChallengeCard, ChallengeEvent>(
      `challenge:${card.id}`,
      {
        renew: (fresh, at) => (this.state.value = challengeState(fresh, at)),
        apply: (events) => this.#apply(events),
        here: (people) => (this.#here.value = people),
        signal: (name, by, data) => {
          if (name === "typing" && by !== null) this.#hear(by, data);
        },
        phase: (phase) => (this.phase.value = phase),
      },
      head,
    );
    this.typing = new Typing(() => void this.#following.signal("typing", { field: this.#field }));
  }

  /** Calls back when something else than a text has changed. */
  onFacts(tell: () => void): void {
    this.#tell = tell;
  }

  /** The person at this computer pressed a key in the field. */
  writing(field: FieldName): void {
    this.#field = field;
    this.typing.iAmWriting();
  }

  /** The ids of those who write in the field now. */
  writersIn(field: FieldName): readonly number[] {
    return this.typing.people.value.filter((id) => this.#writesIn.value.get(id) === field);
  }

  /** Whether the field is empty and somebody wanted to submit. */
  lacks(field: FieldName): boolean {
    return this.isAsked.value && this.missing.value.some(({ name }) => name === field);
  }

  /** The first field that keeps it from being submitted: empty, turned down, or in two versions. */
  firstBad(): FieldName | undefined {
    const [lack] = this.missing.value;
    return lack?.name ?? FIELDS.find((field) => this.editors[field].problem.value !== null || this.editors[field].clash.value !== null);
  }

  /** Saves first what waits. Tells whether it is submitted. */
  async submit(): Promise<boolean> {
    this.isAsked.value = true;
    if (this.missing.value.length > 0) return false;
    return this.desk.pressSaved(() => this.#following.send("challenge.submit", {}));
  }

  #editor(field: FieldName, storage: Storage | null): FieldEditor<string> {
    const { id, me } = this.state.peek();
    return streamEditor<string>({
      held: computed(() => {
        const { [field]: value, revisions, editors } = this.state.value;
        return { value, revision: revisions[field] ?? 0, by: editors[field] ?? null };
      }),
      me,
      isSame: sameText,
      send: (value, base) => this.#following.send("challenge.change", { field, value, base }),
      storage,
      key: `synergy.challenge.${me}.${id}.${field}`,
    });
  }

  #apply(events: readonly ChallengeEvent[]): void {
    this.state.value = reduceAll(this.state.value, events);
    if (events.some(({ name }) => name !== "challenge.changed")) this.#tell();
    for (const event of events) {
      if (event.name !== "challenge.changed") continue;
      this.savedAt.value = event.data.changed_at;
      if (event.by !== null && event.by !== this.state.value.me) this.#hear(event.by, event.data);
    }
  }

  #hear(by: number, data: unknown): void {
    const field = (data as { field?: unknown } | null)?.field;
    if (this.phase.value !== "live" || typeof field !== "string") return;
    this.#writesIn.value = new Map(this.#writesIn.value).set(by, field);
    this.typing.heard(by);
  }
}
