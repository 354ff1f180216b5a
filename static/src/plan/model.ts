// The form of one plan as its page holds it: what the server says, what this person is writing, who else is here.

import { type ReadonlySignal, computed, signal } from "@preact/signals";
import { t } from "../i18n";
import type { Live } from "../live/protocol";
import { CommandRefused } from "../live/sender";
import type { FieldEditor } from "../writing/field_editor";
import { FormModel } from "../writing/form";
import { type Lack, commandValue, missingIn, shownText } from "./fields";
import { remarksOn } from "./remarks";
import { type PlanState, may, planState, reduceAll } from "./store";
import { type Row, type Way, goalOf, rowsOf } from "./tree";
import type { ItemCard, ItemField, Kind, PlanCard, PlanEvent, PlanField } from "./types";

export interface Beginning {
  readonly card: PlanCard;
  readonly head: number;
}

export class PlanModel extends FormModel<PlanState, PlanCard, PlanEvent> {
  readonly rows: ReadonlySignal<readonly Row[]>;
  readonly removed: ReadonlySignal<readonly ItemCard[]>;
  readonly isEditable: ReadonlySignal<boolean>;
  readonly missing: ReadonlySignal<readonly Lack[]>;
  readonly remarks: ReadonlySignal<readonly string[]>;
  /** Why the last change of the tree was not made. */
  readonly problem = signal("");

  constructor(live: Live, { card, head }: Beginning, storage: Storage | null) {
    const state = planState(card, head);
    super(live, { state, head, stream: `plan:${card.id}`, storage, kept: "plan", renew: planState, reduce: reduceAll, fieldOf });
    this.rows = computed(() => rowsOf(this.state.value.items));
    this.removed = computed(() => this.state.value.items.filter(({ removed_at }) => removed_at !== null));
    this.isEditable = computed(() => may(this.state.value, "plan.change"));
    this.missing = computed(() => missingIn(this.state.value));
    this.remarks = computed(() => remarksOn(this.state.value));
  }

  planEditor(name: PlanField): FieldEditor<string> {
    return this.editor({
      id: `p-${name}`,
      name,
      thing: () => this.state.value,
      send: (value, base) => this.following.send("plan.change", { field: name, value: commandValue(name, value), base }),
      shown: shownText,
    });
  }

  itemEditor(item: number, name: ItemField): FieldEditor<string> {
    return this.editor({
      id: `i-${item}-${name}`,
      name,
      thing: () => this.state.value.items.find(({ id, removed_at }) => id === item && removed_at === null),
      send: (value, base) => this.following.send("item.change", { item, field: name, value: commandValue(name, value), base }),
      shown: shownText,
    });
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
    return this.desk.pressSaved(() => this.following.send("plan.propose", {}));
  }

  async #run(name: string, data: object): Promise<unknown> {
    this.problem.value = "";
    try {
      return (await this.following.send(name, data).done).data ?? {};
    } catch (error) {
      if (!(error instanceof CommandRefused)) throw error;
      this.problem.value = error.message || t("This did not work. Try again.");
      return null;
    }
  }
}

function fieldOf(event: PlanEvent): string | null {
  if (event.name === "plan.changed") return `p-${event.data.field}`;
  return event.name === "item.changed" ? `i-${event.data.item}-${event.data.field}` : null;
}
