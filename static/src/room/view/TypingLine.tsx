// Who is writing now.

import type { JSX } from "preact";
import { t } from "../../i18n";
import { usePage } from "./context";

const MOST_NAMES = 2;

/** Not read out: it changes too often. */
export function TypingLine(): JSX.Element {
  const { room } = usePage();
  const names = room.typing.people.value.map((id) => room.people.value[id]?.name ?? "…");
  return (
    <p class="typing" aria-live="off">
      {names.length > 0 && (
        <>
          <i />
          <i />
          <i />
          <bdi>{sentence(names)}</bdi>
        </>
      )}
    </p>
  );
}

function sentence(names: readonly string[]): string {
  const [first = "", second = ""] = names;
  if (names.length === 1) return t("{name} is writing", { name: first });
  if (names.length === MOST_NAMES) return t("{first} and {second} are writing", { first, second });
  return t("{first}, {second} and others are writing", { first, second });
}
