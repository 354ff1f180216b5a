// Stays above the form while one writes: whether all is saved, and who else is here.

import type { JSX } from "preact";
import { formatSince, t } from "../../i18n";
import { Avatar, Icon, Name } from "../../room/view/marks";
import type { FormModel, FormState } from "../form";

interface Props {
  form: Pick<FormModel<FormState, never, never>, "desk" | "savedAt" | "others" | "state">;
}

export function WritingStrip({ form }: Props): JSX.Element {
  return (
    <div class="writing-strip">
      <Saved form={form} />
      <Here form={form} />
    </div>
  );
}

function Saved({ form }: Props): JSX.Element {
  const { isStuck, isUnsaved } = form.desk;
  const [kind, icon, words] = isStuck.value
    ? ["alarm", "circle-alert", t("Not everything is saved. Look at the marked fields.")]
    : isUnsaved.value
      ? ["", "refresh-cw", t("Saving…")]
      : ["done", "check", savedWords(form.savedAt.value)];
  return (
    <p role="status">
      <span class={`badge ${kind}`}>
        <Icon name={icon} />
        {words}
      </span>
    </p>
  );
}

function savedWords(at: string | null): string {
  return at === null ? t("Saved. Every change is saved at once.") : t("Saved {time}", { time: formatSince(at) });
}

function Here({ form }: Props): JSX.Element | null {
  const others = form.others.value;
  if (others.length === 0) return null;
  return (
    <div class="row tight small">
      <span id="also-here">{t("Also here now:")}</span>
      <ul class="also-here" aria-labelledby="also-here">
        {others.map((id) => (
          <li key={id}>
            <Avatar person={form.state.value.people[id]} size="s" />
            <Name person={form.state.value.people[id]} />
          </li>
        ))}
      </ul>
    </div>
  );
}
