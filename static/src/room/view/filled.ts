// A sentence with marks in it. It is translated whole: each language has its own order.

import type { ComponentChild } from "preact";

/** `text` has {name} where `parts.name` goes: filled(t("{name} is coming to you."), { name: <b>…</b> }). */
export function filled(text: string, parts: Readonly<Record<string, ComponentChild>>): ComponentChild[] {
  return text.split(/\{(\w+)\}/).map((piece, index) => (index % 2 === 0 ? piece : (parts[piece] ?? `{${piece}}`)));
}
