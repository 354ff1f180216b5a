// Who is writing now, or how many people look on. Not read out: it changes too often.

import type { JSX } from "preact";
import { t, tn } from "../../i18n";
import type { NotesModel } from "../model";

export function Writers({ notes }: { notes: NotesModel }): JSX.Element {
  const names = notes.typing.people.value.map((id) => notes.people.value[id]?.name ?? "…");
  const others = notes.here.value.filter((id) => id !== notes.me.value).length;
  return (
    <p class="typing" aria-live="off">
      {names.length > 0 ? (
        <>
          <i />
          <i />
          <i />
          <bdi>{sentence(names)}</bdi>
        </>
      ) : (
        others > 0 && tn("{n} other person has the notes open", "{n} others have the notes open", others)
      )}
    </p>
  );
}

/** "Anna and Jan are writing" */
export function sentence(names: readonly string[]): string {
  const [first = "", second = ""] = names;
  if (names.length === 1) return t("{name} is writing", { name: first });
  if (names.length === 2) return t("{first} and {second} are writing", { first, second });
  return t("{first}, {second} and others are writing", { first, second });
}
