// Under a field: who else writes in it now.

import type { JSX } from "preact";
import { sentence } from "../../notes/view/Writers";
import type { FormModel, FormState } from "../form";

interface Props {
  form: Pick<FormModel<FormState, never, never>, "writersIn" | "state">;
  field: string;
}

/** Not read out: it changes too often. */
export function WritersHere({ form, field }: Props): JSX.Element | null {
  const writers = form.writersIn(field);
  if (writers.length === 0) return null;
  return (
    <p class="typing micro" aria-live="off">
      <i />
      <i />
      <i />
      <bdi>{sentence(writers.map((id) => form.state.value.people[id]?.name ?? "…"))}</bdi>
    </p>
  );
}
