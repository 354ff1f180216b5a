// Two topics become one, if the conveners of both agree. One of the two is the person's own.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { compareNames, t } from "../../../i18n";
import { isAhead } from "../../../openspace/board";
import { isMine } from "../../../openspace/rights";
import { DialogFrame } from "../../../room/view/DialogFrame";
import { useWall } from "../../context";
import { ask } from "../../doings";

export function MergeDialog({ id }: { id: number }): JSX.Element | null {
  const page = useWall();
  const { gathering, ui } = page;
  const topic = gathering.topic(id).value;
  const { me } = gathering;
  const others = gathering.topics.value
    .filter((each) => isAhead(each, gathering.slots.value) && each.id !== id && (topic === undefined || isMine(topic, me) || isMine(each, me)))
    .sort((one, other) => compareNames(one.title, other.title));
  const other = useSignal(0);
  const goesInto = useSignal(true);
  if (topic === undefined) return null;
  const send = (event: Event) => {
    event.preventDefault();
    if (other.value === 0) return ui.say(t("Choose the other topic first."));
    const [from, into] = goesInto.value ? [id, other.value] : [other.value, id];
    void ask(page, { kind: "merge", topic: from, other: into });
  };
  const second = gathering.topic(other.value).value;
  return (
    <DialogFrame title={t("Put two topics together")} close={() => ui.close()}>
      <form class="stack" onSubmit={send}>
        <p>
          <b lang={topic.language}>{topic.title}</b>
        </p>
        <div class="field">
          <label for="merge-other">{t("Together with")}</label>
          <select class="in" id="merge-other" value={other.value} onChange={(event) => (other.value = Number(event.currentTarget.value))}>
            <option value={0}>{t("Choose a topic")}</option>
            {others.map((each) => (
              <option key={each.id} value={each.id} lang={each.language}>
                {each.number} {each.title}
              </option>
            ))}
          </select>
        </div>
        {second !== undefined && (
          <fieldset class="field">
            <legend>{t("Which one stays on the wall?")}</legend>
            <Stays title={second.title} lang={second.language} isChosen={goesInto.value} choose={() => (goesInto.value = true)} />
            <Stays title={topic.title} lang={topic.language} isChosen={!goesInto.value} choose={() => (goesInto.value = false)} />
          </fieldset>
        )}
        <p class="small ink2">{t("It happens when the conveners of both topics agree.")}</p>
        <div class="row">
          <button class="btn main" type="submit">
            {t("Ask the conveners")}
          </button>
          <button class="btn quiet" type="button" onClick={() => ui.close()}>
            {t("Cancel")}
          </button>
        </div>
      </form>
    </DialogFrame>
  );
}

function Stays(props: { title: string; lang: string; isChosen: boolean; choose: () => void }): JSX.Element {
  return (
    <label class="check">
      <input type="radio" name="stays" checked={props.isChosen} onChange={props.choose} />
      <bdi lang={props.lang}>{props.title}</bdi>
    </label>
  );
}
