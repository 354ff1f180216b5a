// One item of the tree: what is always asked, more on demand, and where it stands.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { formatDate, t } from "../../i18n";
import { Icon } from "../../room/view/marks";
import { itemLocked, itemSpecs, kindWord } from "../fields";
import type { PlanModel } from "../model";
import { againstDirection, understood } from "../remarks";
import { type Row, type Way, goalOf } from "../tree";
import type { ItemCard, ItemField, MomentCard } from "../types";
import { FieldBox, type Options } from "./FieldBox";

/** Fields that are shown without being asked for. */
const FIRST: readonly ItemField[] = ["title", "due", "owner", "unit", "direction", "baseline", "baseline_on", "target"];

interface Props {
  plan: PlanModel;
  row: Row;
  options: Options;
}

export function ItemBox({ plan, row: { item, depth }, options }: Props): JSX.Element {
  const specs = itemSpecs(item.kind);
  const isOpen = useSignal(false);
  const box = (name: ItemField) => {
    const spec = specs.find((each) => each.name === name);
    if (spec === undefined) return null;
    return (
      <FieldBox
        key={name}
        id={`i-${item.id}-${name}`}
        plan={plan}
        spec={spec}
        editor={plan.itemEditor(item.id, name)}
        options={options}
        locked={itemLocked(plan.state.value, item, name)}
        note={noteOn(name, item, plan.state.value.ends)}
        day={name === "due" || name === "start" ? dayOf(item[name]) : null}
      />
    );
  };
  // What was agreed is read here, not changed: it folds away.
  const isFirst = (name: ItemField) => FIRST.includes(name) && (name === "owner" || itemLocked(plan.state.value, item, name) === "");
  const first = specs.filter(({ name }) => isFirst(name));
  const others = specs.filter(({ name }) => !isFirst(name));
  return (
    <article class="sheet tight item-edit" id={`item-${item.id}`} data-depth={depth} data-kind={item.kind} aria-labelledby={`item-h-${item.id}`}>
      <header>
        <h3 class="h-sm" id={`item-h-${item.id}`}>
          <span class="tag">{kindWord(item.kind)}</span> {item.number !== "" && <span class="muted">{item.number} </span>}
          <bdi lang={plan.state.value.language}>{item.title || t("Without a title")}</bdi>
        </h3>
        <Moves plan={plan} item={item} />
      </header>
      {!isFirst("due") && item.due !== null && <p class="small ink2">{dateWords(item.due)}</p>}
      <div class="item-fields">{first.map(({ name }) => box(name))}</div>
      <details open={isOpen.value} onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}>
        <summary class="link-btn">
          {t("More fields")}
          <span class="vh">: {item.title}</span>
        </summary>
        {isOpen.value && (
          <div class="item-fields">
            {others.map(({ name }) => box(name))}
            <div class="wide row">
              <Remove plan={plan} item={item} />
            </div>
          </div>
        )}
      </details>
    </article>
  );
}

/** A day as the reader writes days; another date as it was written. */
function dateWords({ wording, until, precision }: MomentCard): string {
  return precision === "day" && until !== null ? formatDate(until) : wording;
}

function dayOf(moment: MomentCard | null): string | null {
  return moment?.precision === "day" ? moment.until : null;
}

/** `ends`: the last day of the plan. */
function noteOn(name: ItemField, item: ItemCard, ends: string | null): JSX.Element | null {
  if (name === "due") return <Note {...understood(item.due, ends)} />;
  if (name === "start") return <Note {...understood(item.start)} />;
  return name === "target" ? <Note words={againstDirection(item)} isSure={false} /> : null;
}

function Note({ words, isSure }: { words: string; isSure: boolean }): JSX.Element | null {
  if (words === "") return null;
  return (
    <p class={isSure ? "understood" : "understood unsure"} role="status">
      {!isSure && <Icon name="triangle-alert" />} {words}
    </p>
  );
}

function Moves({ plan, item }: { plan: PlanModel; item: ItemCard }): JSX.Element {
  const ways: readonly (readonly [Way, string, string])[] = [
    ["up", "arrow-up", t("Move up")],
    ["down", "arrow-down", t("Move down")],
    ["in", "indent-increase", t("Move under the one above")],
    ["out", "indent-decrease", t("Move one level out")],
  ];
  return (
    <div class="row tight" role="group" aria-label={t("Move: {title}", { title: item.title })}>
      {ways.map(([way, icon, label]) => {
        const goal = goalOf(plan.state.value.items, item, way);
        const whyNot = typeof goal === "string" ? goal : "";
        return (
          <button
            key={way}
            class="icon-btn small"
            type="button"
            title={whyNot === "" ? label : `${label}: ${whyNot}`}
            aria-disabled={whyNot !== ""}
            onClick={() => {
              if (whyNot === "") void plan.move(item, way);
            }}
          >
            <Icon name={icon} />
            <span class="vh">
              {label}
              {whyNot !== "" && `: ${whyNot}`}
            </span>
          </button>
        );
      })}
    </div>
  );
}

/** Takes it out with all under it; it can be put back. */
function Remove({ plan, item }: { plan: PlanModel; item: ItemCard }): JSX.Element {
  const isBound = itemLocked(plan.state.value, item, "title") !== "";
  if (isBound) {
    return (
      <a class="btn small quiet" href={`/plans/${plan.state.value.id}/items/${item.id}/#requests-h`}>
        {t("Ask for a change")}
      </a>
    );
  }
  return (
    <button class="btn small quiet" type="button" onClick={() => void plan.remove(item)}>
      <Icon name="trash-2" />
      {t("Take it out of the plan")}
    </button>
  );
}
