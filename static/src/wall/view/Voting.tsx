// Points for what matters most. Nobody sees the counts of others before the vote is closed.

import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { t, tn } from "../../i18n";
import { isOffered } from "../../openspace/board";
import type { TopicCard } from "../../openspace/types";
import { Icon, Name, Unseen } from "../../room/view/marks";
import { useWall } from "../context";
import { OwnPoints } from "../own_points";

export function Voting(): JSX.Element {
  const { gathering } = useWall();
  const { voting, voters } = gathering.card.value;
  return (
    <section class="sheet tight stack s" aria-labelledby="voting">
      <header>
        <h2 class="h-sm" id="voting">
          {voting === "open" ? t("What matters most?") : t("What matters most: the result")}
        </h2>
        <span class="small muted">{tn("{n} person has voted", "{n} people have voted", voters)}</span>
      </header>
      {voting === "open" ? <Ballot /> : <Results />}
    </section>
  );
}

function Ballot(): JSX.Element {
  const { gathering, votesUrl } = useWall();
  const points = useMemo(() => new OwnPoints(gathering, votesUrl), []);
  useEffect(() => void points.load(), []);
  // A topic that did not take place is on the list only for points that were given to it before.
  const isChoice = (topic: TopicCard) => isOffered(topic) && (!topic.did_not_happen || points.of(topic.id).value > 0);
  const topics = useComputed(() => gathering.topics.value.filter(isChoice)).value;
  if (!gathering.rights.value.take_part) return <p class="muted small">{gathering.rights.value.why_not}</p>;
  if (points.state.value === "loading") return <p class="muted small">{t("Loading your points…")}</p>;
  if (points.state.value === "failed") return <Unread retry={() => void points.load()} />;
  const left = points.left.value;
  return (
    <>
      <p role="status">
        <b>{tn("You have {n} point left.", "You have {n} points left.", left)}</b>{" "}
        <span class="small muted">{t("You can change them until the vote is closed. Until then nobody sees the counts.")}</span>{" "}
        {points.state.value === "saved" && <span class="small muted">{t("Saved.")}</span>}
      </p>
      <ul class="rows ballot">
        {topics.map((topic) => (
          <Line key={topic.id} topic={topic} points={points} />
        ))}
      </ul>
    </>
  );
}

function Unread({ retry }: { retry: () => void }): JSX.Element {
  return (
    <div class="row tight" role="status">
      <p class="small">{t("Your points could not be read.")}</p>
      <button class="btn small" type="button" onClick={retry}>
        {t("Try again")}
      </button>
    </div>
  );
}

function Line({ topic, points }: { topic: TopicCard; points: OwnPoints }): JSX.Element {
  const n = points.of(topic.id).value;
  const isSpent = points.left.value === 0;
  return (
    <li class="row nowrap">
      <span class="grow">
        <span class="t-n">{topic.number}</span> <bdi lang={topic.language}>{topic.title}</bdi>
        <About topic={topic} />
      </span>
      <span class="row nowrap tight">
        <button class="icon-btn" type="button" aria-disabled={n === 0} onClick={() => points.give(topic.id, -1)}>
          <Icon name="minus" />
          <Unseen>{t("One point less for “{title}”", { title: topic.title })}</Unseen>
        </button>
        <output class="num points">{n}</output>
        <button
          class="icon-btn"
          type="button"
          aria-disabled={isSpent}
          title={isSpent ? t("You have given all your points.") : undefined}
          onClick={() => points.give(topic.id, 1)}
        >
          <Icon name="plus" />
          <Unseen>{t("One point more for “{title}”", { title: topic.title })}</Unseen>
        </button>
      </span>
    </li>
  );
}

/** Enough to choose by: why it was proposed, by whom, and what came out. */
function About({ topic }: { topic: TopicCard }): JSX.Element {
  const { gathering } = useWall();
  const convener = gathering.people.value[topic.convener ?? 0];
  return (
    <span class="ballot-about small muted">
      {topic.why !== "" && <bdi lang={topic.language}>{topic.why}</bdi>}
      <span>
        {convener && <Name person={convener} />}{" "}
        {topic.report !== "none" && (
          <a href={`/gatherings/${gathering.card.value.id}/topics/${topic.number}/`}>
            {t("Report")}
            <Unseen>: {topic.title}</Unseen>
          </a>
        )}
      </span>
    </span>
  );
}

function Results(): JSX.Element {
  const { gathering } = useWall();
  const { results } = gathering.card.value;
  const most = Math.max(1, ...Object.values(results ?? {}));
  const rows = gathering.topics.value
    .map((topic) => ({ topic, points: results?.[topic.id] ?? 0 }))
    .filter(({ points }) => points > 0)
    .sort((one, other) => other.points - one.points || one.topic.number - other.topic.number);
  if (rows.length === 0) return <p class="muted small">{t("No points were given.")}</p>;
  return (
    <ol class="rows results">
      {rows.map(({ topic, points }) => (
        <li key={topic.id}>
          <div class="row nowrap between">
            <span class="grow">
              <span class="t-n">{topic.number}</span> <bdi lang={topic.language}>{topic.title}</bdi>
            </span>
            <b class="num nb">{tn("{n} point", "{n} points", points)}</b>
          </div>
          <progress class="result-bar" max={most} value={points} aria-hidden="true" />
        </li>
      ))}
    </ol>
  );
}
