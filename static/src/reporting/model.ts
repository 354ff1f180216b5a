// The form of one report as its page holds it: what the server says, what this person writes, who else is here.

import { type ReadonlySignal, computed } from "@preact/signals";
import type { Live } from "../live/protocol";
import type { FieldEditor } from "../writing/field_editor";
import { FormModel } from "../writing/form";
import { type Lack, missingIn } from "./fields";
import { type ReportState, isWritable, reduceAll, reportState } from "./store";
import type { EntryCard, EntryField, Label, ReportCard, ReportEvent, ReportField } from "./types";

export class ReportModel extends FormModel<ReportState, ReportCard, ReportEvent> {
  readonly isEditable: ReadonlySignal<boolean>;
  readonly missing: ReadonlySignal<readonly Lack[]>;

  constructor(
    live: Live,
    card: ReportCard,
    head: number,
    readonly labels: readonly Label[],
    storage: Storage | null,
  ) {
    const state = reportState(card, head);
    const stream = `report:${card.id}`;
    super(live, { state, head, stream, storage, kept: "plan-report", renew: reportState, reduce: reduceAll, fieldOf });
    this.isEditable = computed(() => isWritable(this.state.value));
    this.missing = computed(() => missingIn(this.state.value, labels));
  }

  reportEditor(name: ReportField): FieldEditor<string> {
    return this.editor({
      id: `r-${name}`,
      name,
      thing: () => this.state.value,
      send: (value, base) => this.following.send("report.change", { field: name, value, base }),
    });
  }

  entryEditor(item: number, name: EntryField): FieldEditor<string> {
    return this.editor({
      id: `e-${item}-${name}`,
      name,
      thing: () => this.entry(item),
      send: (value, base) => this.following.send("entry.change", { item, field: name, value, base }),
    });
  }

  entry(item: number): EntryCard | undefined {
    return this.state.value.entries.find((each) => each.item === item);
  }

  /** Saves first what waits. Tells whether it is submitted. */
  submit(): Promise<boolean> {
    return this.desk.pressSaved(() => this.following.send("report.submit", {}));
  }
}

function fieldOf(event: ReportEvent): string | null {
  if (event.name === "report.changed") return `r-${event.data.field}`;
  return event.name === "entry.changed" ? `e-${event.data.item}-${event.data.field}` : null;
}
