// Several out of many: boxes to tick, with a field to find them where there are many.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useId, useMemo } from "preact/hooks";
import { t, tn } from "../../../i18n";

export interface Item {
  readonly id: number;
  readonly text: string;
  readonly lang: string | undefined;
}

interface Props {
  name: string;
  label: string;
  items: readonly Item[];
  chosen: readonly number[];
}

/** With more items than this there is a field to find them, and no more than these are shown beside the ticked ones. */
const FEW = 8;
const MOST_SHOWN = 20;

export function Picker({ name, label, items, chosen }: Props): JSX.Element {
  const id = useId();
  const wanted = useSignal("");
  const ticked = useSignal<ReadonlySet<number>>(new Set(chosen));
  const tick = (item: number, isChosen: boolean) => {
    const next = new Set(ticked.value);
    if (isChosen) next.add(item);
    else next.delete(item);
    ticked.value = next;
  };
  // Hundreds of names are put in order once, not with every letter that is typed.
  const sorted = useMemo(() => {
    const { compare } = new Intl.Collator(document.documentElement.lang || "en", { numeric: true });
    return [...items].sort((one, other) => compare(one.text, other.text));
  }, [items.length]);
  const matches = (item: Item) => ticked.value.has(item.id) || item.text.toLowerCase().includes(wanted.value.trim().toLowerCase());
  const matching = sorted.filter(matches);
  const isTicked = ({ id: item }: Item) => ticked.value.has(item);
  const found = [...matching.filter(isTicked), ...matching.filter((item) => !isTicked(item))];
  const shown = found.slice(0, ticked.value.size + MOST_SHOWN);
  return (
    <fieldset class="field picker">
      <legend>{label}</legend>
      {items.length > FEW && (
        <>
          <label class="vh" for={id}>
            {t("Find")}
          </label>
          <input
            class="in"
            id={id}
            type="search"
            placeholder={t("Find")}
            value={wanted.value}
            onInput={(event) => (wanted.value = event.currentTarget.value)}
            onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          />
        </>
      )}
      <div class="picker-list">
        {shown.map((item) => (
          <label key={item.id} class="check">
            <input
              type="checkbox"
              name={name}
              value={item.id}
              checked={ticked.value.has(item.id)}
              onChange={(event) => tick(item.id, event.currentTarget.checked)}
            />
            <bdi lang={item.lang}>{item.text}</bdi>
          </label>
        ))}
        {found.length > shown.length && (
          <p class="small muted">{tn("{n} more: write a part of the name", "{n} more: write a part of the name", found.length - shown.length)}</p>
        )}
        {shown.length === 0 && <p class="small muted">{items.length === 0 ? t("There is nothing to choose yet.") : t("Nothing found.")}</p>}
      </div>
    </fieldset>
  );
}
