// The form of one report as its page holds it: what the server says, what this person writes, who else is here.

import { type ReadonlySignal, computed, signal } from "@preact/signals";
import type { Following, Live } from "../live/protocol";
import type { StreamPhase } from "../live/stream";
import { Typing } from "../room/typing";
import { WritingDesk } from "../writing/desk";
import type { FieldEditor } from "../writing/field_editor";
import { streamEditor } from "../writing/stream_editor";
import { sameText } from "../writing/text";
import { type Lack, missingIn } from "./fields";
import { type ReportState, isWritable, reduceAll, reportState } from "./store";
import type { EntryCard, EntryField, Label, ReportCard, ReportEvent, ReportField } from "./types";

export class ReportModel {
  readonly state;
  readonly phase = signal<StreamPhase>("opening");
  readonly desk = new WritingDesk();
  readonly isEditable: ReadonlySignal<boolean>;
  readonly missing: ReadonlySignal<readonly Lack[]>;
  /** Ids of the others who have this report open. */
  readonly others: ReadonlySignal<readonly number[]>;
  /** When something was saved last while the page is open: ISO 8601. */
  readonly savedAt = signal<string | null>(null);
  readonly #storage: Storage | null;
  readonly #editors = new Map<string, FieldEditor<string>>();
  readonly #typing: Typing;
  readonly #writesIn = signal<ReadonlyMap<number, string>>(new Map());
  readonly #here = signal<readonly number[]>([]);
  readonly #following: Following;
  #field = "";

  constructor(
    live: Live,
    card: ReportCard,
    head: number,
    readonly labels: readonly Label[],
    storage: Storage | null,
  ) {
    this.#storage = storage;
    this.state = signal<ReportState>(reportState(card, head));
    this.isEditable = computed(() => isWritable(this.state.value));
    this.missing = computed(() => missingIn(this.state.value, labels));
    this.others = computed(() => this.#here.value.filter((id) => id !== card.me));
    this.#following = live.follow<ReportCard, ReportEvent>(
      `report:${card.id}`,
      {
        renew: (fresh, at) => (this.state.value = reportState(fresh, at)),
        apply: (events) => this.#apply(events),
        here: (people) => (this.#here.value = people),
        signal: (name, by, data) => {
          if (name === "typing" && by !== null) this.#hear(by, (data as { field?: unknown } | null)?.field);
        },
        phase: (phase) => (this.phase.value = phase),
      },
      head,
    );
    this.#typing = new Typing(() => void this.#following.signal("typing", { field: this.#field }));
  }

  reportEditor(field: ReportField): FieldEditor<string> {
    return this.#editor(
      `r-${field}`,
      () => this.state.value,
      field,
      (value, base) => this.#following.send("report.change", { field, value, base }),
    );
  }

  entryEditor(item: number, field: EntryField): FieldEditor<string> {
    return this.#editor(
      `e-${item}-${field}`,
      () => this.entry(item),
      field,
      (value, base) => this.#following.send("entry.change", { item, field, value, base }),
    );
  }

  entry(item: number): EntryCard | undefined {
    return this.state.value.entries.find((each) => each.item === item);
  }

  /** The person at this computer pressed a key in the field: the id of its element. */
  writing(field: string): void {
    this.#field = field;
    this.#typing.iAmWriting();
  }

  /** The ids of those who write in the field now. */
  writersIn(field: string): readonly number[] {
    return this.#typing.people.value.filter((id) => this.#writesIn.value.get(id) === field);
  }

  /** Saves first what waits. Tells whether it is submitted. */
  submit(): Promise<boolean> {
    return this.desk.pressSaved(() => this.#following.send("report.submit", {}));
  }

  #editor(
    key: string,
    thing: () => ReportCard | EntryCard | undefined,
    field: ReportField | EntryField,
    send: (value: string, base: number) => ReturnType<Following["send"]>,
  ): FieldEditor<string> {
    const known = this.#editors.get(key);
    if (known !== undefined) return known;
    const { id, me } = this.state.peek();
    const editor = streamEditor<string>({
      held: computed(() => {
        const held = thing();
        const value = (held as Readonly<Record<string, unknown>> | undefined)?.[field];
        return { value: String(value ?? ""), revision: held?.revisions[field] ?? 0, by: held?.editors[field] ?? null };
      }),
      me,
      isSame: sameText,
      send,
      storage: this.#storage,
      key: `synergy.plan-report.${me}.${id}.${key}`,
    });
    this.#editors.set(key, editor);
    // Not while the page is being drawn: it shows whether all is saved.
    queueMicrotask(() => this.desk.take([...this.#editors.values()]));
    return editor;
  }

  #apply(events: readonly ReportEvent[]): void {
    this.state.value = reduceAll(this.state.value, events);
    for (const event of events) {
      if (event.by === null) continue;
      this.savedAt.value = event.at;
      if (event.by === this.state.value.me) continue;
      if (event.name === "report.changed") this.#hear(event.by, `r-${event.data.field}`);
      if (event.name === "entry.changed") this.#hear(event.by, `e-${event.data.item}-${event.data.field}`);
    }
  }

  #hear(by: number, field: unknown): void {
    if (this.phase.value !== "live" || typeof field !== "string") return;
    this.#writesIn.value = new Map(this.#writesIn.value).set(by, field);
    this.#typing.heard(by);
  }
}
