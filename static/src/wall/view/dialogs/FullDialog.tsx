// A room with a hard capacity is full: where one can go instead.

import type { JSX } from "preact";
import { t, tn } from "../../../i18n";
import { DialogFrame } from "../../../room/view/DialogFrame";
import { useWall } from "../../context";
import { go } from "../../doings";

const MOST = 6;

export function FullDialog({ space, instead, detail }: { space: number; instead: readonly number[]; detail: string }): JSX.Element {
  const page = useWall();
  const { gathering, ui } = page;
  return (
    <DialogFrame title={t("{space} is full", { space: gathering.space(space)?.name ?? "…" })} close={() => ui.close()}>
      <p>{detail}</p>
      <ul class="rows">
        {instead.slice(0, MOST).map((id) => {
          const other = gathering.space(id);
          const topic = gathering.index.value.topics.get(gathering.topicNowIn(id) ?? 0);
          return (
            <li key={id} class="row nowrap">
              <span class="grow">
                <b>{other?.name}</b>{" "}
                <span class="small muted">
                  <bdi lang={topic?.language}>{topic?.title}</bdi> {tn("{n} person", "{n} people", gathering.peopleIn(id).value.length)}
                </span>
              </span>
              <button
                class="btn small main"
                type="button"
                aria-label={t("Go to {space}", { space: other?.name ?? "…" })}
                onClick={() => void go(page, id)}
              >
                {t("Go")}
              </button>
            </li>
          );
        })}
      </ul>
      <button class="btn quiet" type="button" onClick={() => ui.close()}>
        {t("Stay here")}
      </button>
    </DialogFrame>
  );
}
