// All there is to know of one topic.

import type { JSX } from "preact";
import { t } from "../../../i18n";
import { languageName } from "../../../room/people";
import { DialogFrame } from "../../../room/view/DialogFrame";
import { Country, Name } from "../../../room/view/marks";
import { useWall } from "../../context";
import { placeName, titleOf } from "../../doings";
import { choicesFor } from "../../choices";
import { Clashes } from "../Clashes";
import { Interest } from "../Interest";

export function TopicDialog({ id }: { id: number }): JSX.Element | null {
  const page = useWall();
  const { gathering, ui } = page;
  const topic = gathering.topic(id).value;
  if (topic === undefined) return null;
  const close = () => ui.close();
  const place = topic.places[0] ?? null;
  const choices = choicesFor(page, topic, place).slice(1);
  return (
    <DialogFrame title={topic.title} close={close}>
      {topic.why !== "" && (
        <p lang={topic.language} dir="auto">
          {topic.why}
        </p>
      )}
      <dl class="dl">
        <dt>{t("Convened by")}</dt>
        <dd>{topic.convener === null ? t("nobody yet") : <People ids={[topic.convener, ...topic.co_conveners]} />}</dd>
        <dt>{t("Language")}</dt>
        <dd>{languageName(topic.language)}</dd>
        <dt>{t("When and where")}</dt>
        <dd>
          {topic.places.length === 0
            ? t("Waiting for a time and a place")
            : topic.places.map((each) => <div key={each.slot}>{placeName(gathering, each)}</div>)}
        </dd>
        {topic.not_with.length > 0 && (
          <>
            <dt>{t("Not at the same time as")}</dt>
            <dd>{topic.not_with.map((other) => `“${titleOf(gathering, other)}”`).join(", ")}</dd>
          </>
        )}
        <dt>{t("Interested")}</dt>
        <dd>{topic.interested.length === 0 ? t("nobody yet") : <People ids={topic.interested} />}</dd>
      </dl>
      <Clashes id={id} slot={place?.slot ?? null} />
      <Interest topic={topic} />
      {choices.length > 0 && (
        <div class="row tight">
          {choices.map((choice) => (
            <button key={choice.text} class={choice.isDanger ? "btn small danger" : "btn small"} type="button" onClick={choice.run}>
              {choice.text}
            </button>
          ))}
        </div>
      )}
    </DialogFrame>
  );
}

function People({ ids }: { ids: readonly number[] }): JSX.Element {
  const { gathering } = useWall();
  return (
    <ul class="inline-list">
      {ids.map((id) => (
        <li key={id}>
          <Name person={gathering.people.value[id]} /> <Country code={gathering.people.value[id]?.country} />
        </li>
      ))}
    </ul>
  );
}
