// What several people fill in field by field, as its page holds it: what the server says, what this person is
// writing, who else is here and in which field they write.

import { type ReadonlySignal, type Signal, computed, signal } from "@preact/signals";
import type { Following, Live } from "../live/protocol";
import type { Sent } from "../live/sender";
import type { StreamPhase } from "../live/stream";
import type { LiveEvent, StreamName } from "../live/types";
import type { PersonCard } from "../room/types";
import { Typing } from "../room/typing";
import { WritingDesk } from "./desk";
import { type FieldEditor, isRefused } from "./field_editor";
import { streamEditor } from "./stream_editor";
import { sameText } from "./text";

/** What has fields: {field: number of its changes} and {field: id of who changed it last}. */
export interface Written {
  readonly revisions: Readonly<Record<string, number>>;
  readonly editors: Readonly<Record<string, number>>;
}

export interface FormState {
  readonly id: number;
  readonly me: number;
  readonly people: Readonly<Record<string, PersonCard>>;
}

export interface Form<State, Card, Event> {
  /** As it begins. */
  readonly state: State;
  readonly head: number;
  readonly stream: StreamName;
  readonly storage: Storage | null;
  /** What is begun is kept in the storage under `synergy.<kept>.<person>.<id>.<field>`. */
  readonly kept: string;
  renew(card: Card, head: number): State;
  reduce(state: State, events: readonly Event[]): State;
  /** The id of the field that the event changed. */
  fieldOf(event: Event): string | null;
}

export interface Field {
  /** One for each field of the form. */
  readonly id: string;
  readonly name: string;
  /** What has the field; none when it is not there any more. */
  thing(): Written | undefined;
  send(value: string, base: number): Sent;
  /** The value of the server, as the field shows it. */
  shown?(value: unknown): string;
}

export class FormModel<State extends FormState, Card, Event extends LiveEvent> {
  readonly state: Signal<State>;
  readonly phase = signal<StreamPhase>("opening");
  readonly desk = new WritingDesk();
  /** Ids of the others who have the form open. */
  readonly others: ReadonlySignal<readonly number[]>;
  /** When something was saved last while the page is open: ISO 8601. */
  readonly savedAt = signal<string | null>(null);
  protected readonly following: Following;
  readonly #form: Form<State, Card, Event>;
  readonly #editors = new Map<string, FieldEditor<string>>();
  readonly #typing: Typing;
  readonly #writesIn = signal<ReadonlyMap<number, string>>(new Map());
  readonly #here = signal<readonly number[]>([]);
  #field = "";

  constructor(live: Pick<Live, "follow">, form: Form<State, Card, Event>) {
    this.#form = form;
    this.state = signal(form.state);
    this.others = computed(() => this.#here.value.filter((id) => id !== form.state.me));
    this.#typing = new Typing(() => void this.following.signal("typing", { field: this.#field }));
    this.following = live.follow<Card, Event>(
      form.stream,
      {
        renew: (card, head) => (this.state.value = form.renew(card, head)),
        apply: (events) => this.heard(events),
        here: (people) => (this.#here.value = people),
        signal: (name, by, data) => {
          if (name === "typing" && by !== null) this.#hear(by, (data as { field?: unknown } | null)?.field);
        },
        phase: (phase) => (this.phase.value = phase),
      },
      form.head,
    );
  }

  /** The person at this computer pressed a key in the field. */
  writing(field: string): void {
    this.#field = field;
    this.#typing.iAmWriting();
  }

  /** The ids of those who write in the field now. */
  writersIn(field: string): readonly number[] {
    return this.#typing.people.value.filter((id) => this.#writesIn.value.get(id) === field);
  }

  /** The id of the first field that was turned down, or is there in two versions. */
  refusedField(): string | undefined {
    return [...this.#editors].find(([, editor]) => isRefused(editor))?.[0];
  }

  /** Always the same for the same field. */
  protected editor({ id, name, thing, send, shown = (value) => String(value ?? "") }: Field): FieldEditor<string> {
    const known = this.#editors.get(id);
    if (known !== undefined) return known;
    const { id: key, me } = this.state.peek();
    const editor = streamEditor<string>({
      held: computed(() => {
        const held = thing();
        const value = shown((held as Readonly<Record<string, unknown>> | undefined)?.[name]);
        return { value, revision: held?.revisions[name] ?? 0, by: held?.editors[name] ?? null };
      }),
      isThere: computed(() => thing() !== undefined),
      me,
      // Who was faster is told with the value of the server.
      isSame: (one, other) => sameText(shown(one), shown(other)),
      send,
      storage: this.#form.storage,
      key: `synergy.${this.#form.kept}.${me}.${key}.${id}`,
    });
    this.#editors.set(id, editor);
    // Not while the page is being drawn: it shows whether all is saved.
    queueMicrotask(() => this.desk.take([...this.#editors.values()]));
    return editor;
  }

  protected heard(events: readonly Event[]): void {
    this.state.value = this.#form.reduce(this.state.value, events);
    for (const event of events) {
      if (event.by === null) continue;
      this.savedAt.value = event.at;
      if (event.by !== this.state.value.me) this.#hear(event.by, this.#form.fieldOf(event));
    }
  }

  #hear(by: number, field: unknown): void {
    if (this.phase.value !== "live" || typeof field !== "string") return;
    this.#writesIn.value = new Map(this.#writesIn.value).set(by, field);
    this.#typing.heard(by);
  }
}
