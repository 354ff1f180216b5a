// The form of one plan as its page holds it: what the server says, what this person is writing, who else is here.

import { type ReadonlySignal, computed, signal } from "@preact/signals";
import { t } from "../i18n";
import type { Following, Live } from "../live/protocol";
import { CommandRefused } from "../live/sender";
import type { StreamPhase } from "../live/stream";
import { Typing } from "../room/typing";
import { WritingDesk } from "../writing/desk";
import type { FieldEditor } from "../writing/field_editor";
import { streamEditor } from "../writing/stream_editor";
import { sameText } from "../writing/text";
import { type Lack, commandValue, missingIn, shownText } from "./fields";
import { type PlanState, may, planState, reduceAll } from "./store";
import { type Row, type Way, goalOf, rowsOf } from "./tree";
import type { ItemCard, ItemField, Kind, PlanCard, PlanEvent, PlanField } from "./types";

export interface Beginning {
  readonly card: PlanCard;
  readonly head: number;
}

export class PlanModel {
  readonly state;
  readonly phase = signal<StreamPhase>("opening");
  readonly desk = new WritingDesk();
  readonly rows: ReadonlySignal<readonly Row[]>;
  readonly removed: ReadonlySignal<readonly ItemCard[]>;
  readonly isEditable: ReadonlySignal<boolean>;
  readonly missing: ReadonlySignal<readonly Lack[]>;
  /** Ids of the others who have this plan open. */
  readonly others: ReadonlySignal<readonly number[]>;
  /** When something was saved last while the page is open: ISO 8601. */
  readonly savedAt = signal<string | null>(null);
  /** Why the last change of the tree was not made. */
  readonly problem = signal("");
  readonly #storage: Storage | null;
  readonly #editors = new Map<string, FieldEditor<string>>();
  readonly #typing: Typing;
  readonly #writesIn = signal<ReadonlyMap<number, string>>(new Map());
  readonly #here = signal<readonly number[]>([]);
  readonly #following: Following;
  #field = "";

  constructor(live: Live, { card, head }: Beginning, storage: Storage | null) {
    this.#storage = storage;
    this.state = signal<PlanState>(planState(card, head));
    this.rows = computed(() => rowsOf(this.state.value.items));
    this.removed = computed(() => this.state.value.items.filter(({ removed_at }) => removed_at !== null));
    this.isEditable = computed(() => may(this.state.value, "plan.change"));
    this.missing = computed(() => missingIn(this.state.value));
    this.others = computed(() => this.#here.value.filter((id) => id !== card.me));
    this.#following = live.follow<PlanCard, PlanEvent>(
      `plan:${card.id}`,
      {
        renew: (fresh, at) => (this.state.value = planState(fresh, at)),
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

  planEditor(field: PlanField): FieldEditor<string> {
    return this.#editor(
      `p-${field}`,
      () => this.state.value,
      field,
      (value, base) => this.#following.send("plan.change", { field, value: commandValue(field, value), base }),
    );
  }

  itemEditor(item: number, field: ItemField): FieldEditor<string> {
    return this.#editor(
      `i-${item}-${field}`,
      () => this.state.value.items.find(({ id }) => id === item),
      field,
      (value, base) => this.#following.send("item.change", { item, field, value: commandValue(field, value), base }),
    );
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

  /** Gives the id of the new item; null when it was turned down, which `problem` tells. */
  async add(kind: Kind, title: string, parent: number | null): Promise<number | null> {
    const data = await this.#run("item.add", { kind, title, parent });
    return data === null ? null : (data as { item: number }).item;
  }

  async move(item: ItemCard, way: Way): Promise<void> {
    const goal = goalOf(this.state.peek().items, item, way);
    if (typeof goal === "string") this.problem.value = goal;
    else await this.#run("item.move", { item: item.id, ...goal });
  }

  async remove(item: ItemCard): Promise<boolean> {
    return (await this.#run("item.remove", { item: item.id })) !== null;
  }

  async restore(item: ItemCard): Promise<boolean> {
    return (await this.#run("item.restore", { item: item.id })) !== null;
  }

  /** Saves first what waits. Tells whether it is proposed. */
  propose(): Promise<boolean> {
    return this.desk.pressSaved(() => this.#following.send("plan.propose", {}));
  }

  async #run(name: string, data: object): Promise<unknown> {
    this.problem.value = "";
    try {
      return (await this.#following.send(name, data).done).data ?? {};
    } catch (error) {
      if (!(error instanceof CommandRefused)) throw error;
      this.problem.value = error.message || t("This did not work. Try again.");
      return null;
    }
  }

  #editor(
    key: string,
    thing: () => PlanCard | ItemCard | undefined,
    field: PlanField | ItemField,
    send: (value: string, base: number) => ReturnType<Following["send"]>,
  ): FieldEditor<string> {
    const known = this.#editors.get(key);
    if (known !== undefined) return known;
    const { id, me } = this.state.peek();
    const editor = streamEditor<string>({
      held: computed(() => {
        const held = thing();
        const value = shownText((held as Readonly<Record<string, unknown>> | undefined)?.[field]);
        return { value, revision: held?.revisions[field] ?? 0, by: held?.editors[field] ?? null };
      }),
      me,
      isSame: (one, other) => sameText(shownText(one), shownText(other)),
      send,
      storage: this.#storage,
      key: `synergy.plan.${me}.${id}.${key}`,
    });
    this.#editors.set(key, editor);
    // Not while the page is being drawn: it shows whether all is saved.
    queueMicrotask(() => this.desk.take([...this.#editors.values()]));
    return editor;
  }

  #apply(events: readonly PlanEvent[]): void {
    this.state.value = reduceAll(this.state.value, events);
    for (const event of events) {
      if (event.by === null) continue;
      this.savedAt.value = event.at;
      if (event.by === this.state.value.me) continue;
      if (event.name === "plan.changed") this.#hear(event.by, `p-${event.data.field}`);
      if (event.name === "item.changed") this.#hear(event.by, `i-${event.data.item}-${event.data.field}`);
    }
  }

  #hear(by: number, field: unknown): void {
    if (this.phase.value !== "live" || typeof field !== "string") return;
    this.#writesIn.value = new Map(this.#writesIn.value).set(by, field);
    this.#typing.heard(by);
  }
}
