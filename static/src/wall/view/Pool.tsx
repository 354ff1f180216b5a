// What waits for a time and a place; and, on an empty wall, how every Open Space begins.

import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../i18n";
import type { PendingTopic } from "../../openspace/pending";
import { whyNoMarket } from "../../openspace/rights";
import { Icon } from "../../room/view/marks";
import { useWall } from "../context";
import { Sheet } from "./Sheet";

export function Pool({ most }: { most: ReadonlySignal<number> }): JSX.Element {
  const { gathering } = useWall();
  const waiting = gathering.waiting.value;
  const pending = gathering.pendingTopics.value;
  const isEmpty = waiting.length + pending.length === 0;
  return (
    <section class="pool" aria-labelledby="waiting">
      <h3 id="waiting" tabIndex={-1}>
        {t("Waiting for a time and a place")} <span class="count">{waiting.length}</span>
      </h3>
      {isEmpty && (gathering.topics.value.length === 0 ? <EmptyWall /> : <p class="muted small">{t("No topic is waiting.")}</p>)}
      {!isEmpty && (
        <ul>
          {pending.map((topic) => (
            <Pending key={topic.item.id} topic={topic} />
          ))}
          {waiting.slice(0, most.value).map((id) => (
            <li key={id} data-waiting={id}>
              <Sheet id={id} slot={null} space={null} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function EmptyWall(): JSX.Element {
  const { gathering, ui } = useWall();
  const why = whyNoMarket(gathering.card.value, gathering.rights.value);
  return (
    <div class="empty">
      <h4>{t("The wall is still empty.")}</h4>
      <p>{t("Every Open Space starts like this. Put up the first topic: one question you care about.")}</p>
      {why === null ? (
        <button class="btn main" type="button" onClick={() => ui.open({ kind: "propose", place: null })}>
          <Icon name="plus" />
          {t("Put up the first topic")}
        </button>
      ) : (
        <p class="small">{why}</p>
      )}
    </div>
  );
}

/** My topic on its way. */
function Pending({ topic: { item, words } }: { topic: PendingTopic }): JSX.Element {
  const { gathering } = useWall();
  const isRefused = item.state === "not_sent";
  return (
    <li class="topic is-sending">
      <article>
        <h4>
          <bdi lang={words.language}>{words.title}</bdi>
        </h4>
        <div class="t-foot" role="status">
          {isRefused ? t("Not sent.") : t("Sending…")} {item.refusal?.detail}
        </div>
        {isRefused && (
          <div class="row tight">
            <button class="link-btn" type="button" onClick={() => gathering.commands.sendAgain(item.id)}>
              {t("Send again")}
            </button>
            <button class="link-btn" type="button" onClick={() => gathering.commands.discard(item.id)}>
              {t("Delete")}
            </button>
          </div>
        )}
      </article>
    </li>
  );
}
