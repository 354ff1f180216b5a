// One more item: what it is, what it is called, under what it stands.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../i18n";
import { Icon } from "../../room/view/marks";
import { KINDS, kindHint, kindWord } from "../fields";
import type { PlanModel } from "../model";
import type { Kind } from "../types";

const STANDS_ALONE: readonly Kind[] = ["objective", "risk", "assumption"];

export function AddItem({ plan }: { plan: PlanModel }): JSX.Element {
  const kind = useSignal<Kind>(plan.rows.peek().length === 0 ? "objective" : "milestone");
  const title = useSignal("");
  const parent = useSignal("");
  const above = plan.rows.value.filter(({ item }) => !["indicator", "risk", "assumption"].includes(item.kind));
  const under = above.find(({ item }) => String(item.id) === parent.value)?.item;
  const choose = (chosen: Kind) => {
    kind.value = chosen;
    // What stood under the objective before says nothing of where another kind stands.
    if (STANDS_ALONE.includes(chosen)) parent.value = "";
  };
  const add = async (event: Event) => {
    event.preventDefault();
    const item = await plan.add(kind.value, title.value, under?.id ?? null);
    if (item === null) return;
    title.value = "";
    // The next one usually stands under the objective that was just written.
    if (kind.value === "objective") {
      parent.value = String(item);
      kind.value = "milestone";
    }
    document.getElementById("add-title")?.focus();
  };
  return (
    <form class="sheet stack s" aria-labelledby="add-h" onSubmit={(event) => void add(event)}>
      <h3 class="h-sm" id="add-h">
        {t("Add to the plan")}
      </h3>
      <div class="field">
        <label for="add-kind">{t("What is it?")}</label>
        <select class="in" id="add-kind" value={kind.value} onChange={({ currentTarget }) => choose(currentTarget.value as Kind)}>
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {kindWord(each)}: {kindHint(each)}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="add-title">{t("Title")}</label>
        <input
          class="in"
          id="add-title"
          dir="auto"
          maxLength={500}
          required
          autocomplete="off"
          value={title.value}
          onInput={({ currentTarget }) => (title.value = currentTarget.value)}
        />
      </div>
      <div class="field">
        <label for="add-parent">{t("Under")}</label>
        <select class="in" id="add-parent" value={under === undefined ? "" : parent.value} onChange={({ currentTarget }) => (parent.value = currentTarget.value)}>
          <option value="">{t("Nothing: it stands by itself")}</option>
          {above.map(({ item, depth }) => (
            <option key={item.id} value={item.id}>
              {" ".repeat(2 * depth)}
              {item.number} {item.title.slice(0, 80)}
            </option>
          ))}
        </select>
      </div>
      <div>
        <button class="btn" type="submit">
          <Icon name="plus" />
          {under === undefined ? t("Add") : t("Add under {title}", { title: `${under.number} ${under.title.slice(0, 40)}`.trim() })}
        </button>
      </div>
    </form>
  );
}
