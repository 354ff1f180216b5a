// A field editor that saves through a stream and keeps what is begun in the browser.

import type { ReadonlySignal } from "@preact/signals";
import { t } from "../i18n";
import { OutboxFull } from "../live/outbox";
import { CommandRefused, type Sent } from "../live/sender";
import { FieldEditor, type SaveAnswer, type Version } from "./field_editor";

interface Place<Value> {
  readonly held: ReadonlySignal<Version<Value>>;
  readonly isThere?: ReadonlySignal<boolean>;
  readonly me: number;
  readonly isSame: (one: Value, other: Value) => boolean;
  /** Sends the command, whose answer has the new `revision`. */
  send(value: Value, base: number): Sent;
  readonly storage: Storage | null;
  /** The name in the storage: one for each person, thing and field. */
  readonly key: string;
}

export function streamEditor<Value>({ held, isThere, me, isSame, send, storage, key }: Place<Value>): FieldEditor<Value> {
  return new FieldEditor<Value>(
    {
      held,
      ...(isThere && { isThere }),
      me,
      isSame,
      save: (value, base) => saved(() => send(value, base)),
      keep: (begun) => keep(storage, key, begun),
      after: (milliseconds, call) => {
        const timer = setTimeout(call, milliseconds);
        return () => clearTimeout(timer);
      },
    },
    kept<Value>(storage, key),
  );
}

async function saved(send: () => Sent): Promise<SaveAnswer> {
  try {
    const { data } = await send().done;
    return { revision: (data as { revision: number }).revision };
  } catch (error) {
    if (error instanceof CommandRefused) return { refusal: error.refusal };
    if (error instanceof OutboxFull) {
      return { refusal: { code: "busy", detail: t("Too much is waiting to be sent. Wait for the connection.") } };
    }
    throw error;
  }
}

interface Begun<Value> {
  readonly value: Value;
  readonly base: number;
}

function kept<Value>(storage: Storage | null, key: string): Begun<Value> | null {
  try {
    return JSON.parse(storage?.getItem(key) ?? "null") as Begun<Value> | null;
  } catch {
    return null;
  }
}

function keep(storage: Storage | null, key: string, begun: Begun<unknown> | null): void {
  try {
    if (begun === null) storage?.removeItem(key);
    else storage?.setItem(key, JSON.stringify(begun));
  } catch {
    // Full or forbidden: it is lost only if the page closes before the server has it.
  }
}
