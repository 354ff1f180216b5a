// What people take on: the seeds of the plans that institutions make afterwards.

import type { JSX } from "preact";
import { formatDate, t } from "../../i18n";
import type { ActionCard } from "../../openspace/types";
import { Country, Icon, Name, Unseen } from "../../room/view/marks";
import { useWall } from "../context";

export function Actions(): JSX.Element {
  const { gathering, ui } = useWall();
  const actions = gathering.actions.value;
  const rights = gathering.rights.value;
  return (
    <section class="sheet tight stack s" aria-labelledby="actions">
      <header>
        <h2 class="h-sm" id="actions">
          {t("Actions")} <span class="count">{actions.length}</span>
        </h2>
        {rights.take_part && (
          <button class="btn small" type="button" onClick={() => ui.open({ kind: "action", action: null })}>
            <Icon name="plus" />
            {t("Add an action")}
          </button>
        )}
      </header>
      {actions.length === 0 && <p class="muted small">{t("No action yet. What will you do, with whom, and what is the first step?")}</p>}
      <ul class="rows">
        {actions.map((action) => (
          <Line key={action.id} action={action} />
        ))}
      </ul>
    </section>
  );
}

function Line({ action }: { action: ActionCard }): JSX.Element {
  const { gathering, ui } = useWall();
  const person = gathering.people.value[action.convener];
  const topic = gathering.index.value.topics.get(action.topic ?? 0);
  const mayChange = gathering.rights.value.take_part && (action.by === gathering.me || action.convener === gathering.me);
  return (
    <li class="row nowrap top">
      <div class="grow">
        <b dir="auto">{action.what}</b>
        <p class="small ink2">
          <Name person={person} /> <Country code={person?.country} />
          {action.due !== null && <> · {t("until {day}", { day: formatDate(action.due) })}</>}
          {topic !== undefined && (
            <>
              {" "}
              · <bdi lang={topic.language}>{topic.title}</bdi>
            </>
          )}
        </p>
        {action.first_step !== "" && <p class="small">{t("First step: {step}", { step: action.first_step })}</p>}
      </div>
      {mayChange && (
        <button class="icon-btn small" type="button" onClick={() => ui.open({ kind: "action", action: action.id })}>
          <Icon name="pencil" />
          <Unseen>{t("Change “{what}”", { what: action.what })}</Unseen>
        </button>
      )}
    </li>
  );
}
