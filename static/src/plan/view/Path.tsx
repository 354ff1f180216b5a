// The expected path of an indicator: points of a day and a value, one below the other.

import { useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../room/view/marks";
import { type FieldEditor, isRefused } from "../../writing/field_editor";
import { type PathPoint, pathPoints, pathRows, pathText } from "../fields";

interface Props {
  id: string;
  editor: FieldEditor<string>;
  describedBy: string;
  onWrite: () => void;
}

const NOTHING: PathPoint = ["", ""];

export function Path({ id, editor, describedBy, onWrite }: Props): JSX.Element {
  const points = useSignal<readonly PathPoint[]>(orOne(pathPoints(editor.shown.peek())));
  const before = useRef(editor.shown.peek());
  useSignalEffect(() => {
    const shown = editor.shown.value;
    if (pathText(points.peek()) !== shown) points.value = orOne(pathRows(shown, points.peek(), before.current));
    before.current = shown;
  });
  /** A point that is only half written waits until the person leaves it. */
  const write = (isLeft: boolean) => {
    const text = pathText(points.peek());
    const isWhole = points.peek().every(([on, value]) => (on === "") === (value.trim() === ""));
    if (text !== editor.shown.peek() && (isWhole || isLeft)) editor.write(text);
    if (isLeft) void editor.flush();
  };
  const change = (place: number, point: PathPoint) => {
    points.value = points.peek().map((each, index) => (index === place ? point : each));
    onWrite();
    write(false);
  };
  const leave = (event: JSX.TargetedFocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget as Node | null)) write(true);
  };
  const box = { class: "in", "aria-describedby": describedBy, "aria-invalid": isRefused(editor) };
  return (
    <div role="group" aria-labelledby={`${id}-label`} class="stack s">
      <ol class="path-points">
        {points.value.map(([on, value], place) => (
          <li key={place} class="row tight" onFocusOut={leave}>
            <input
              {...box}
              id={place === 0 ? id : undefined}
              type="date"
              value={on}
              aria-label={t("Point {number}: day", { number: place + 1 })}
              onInput={({ currentTarget }) => change(place, [currentTarget.value, value])}
            />
            <input
              {...box}
              inputMode="decimal"
              autocomplete="off"
              value={value}
              aria-label={t("Point {number}: value", { number: place + 1 })}
              onInput={({ currentTarget }) => change(place, [on, currentTarget.value])}
            />
            <button
              class="icon-btn small"
              type="button"
              title={t("Take out")}
              onClick={() => {
                points.value = orOne(points.peek().filter((_point, index) => index !== place));
                write(true);
              }}
            >
              <Icon name="x" />
              <span class="vh">{t("Take out point {number}", { number: place + 1 })}</span>
            </button>
          </li>
        ))}
      </ol>
      <div>
        <button class="btn small" type="button" onClick={() => (points.value = [...points.peek(), NOTHING])}>
          <Icon name="plus" />
          {t("Add a point")}
        </button>
      </div>
    </div>
  );
}

function orOne(points: readonly PathPoint[]): readonly PathPoint[] {
  return points.length > 0 ? points : [NOTHING];
}
