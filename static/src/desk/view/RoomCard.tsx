// One room: who is in it, what they talk about, how lively it is, what it needs.

import type { JSX } from "preact";
import { t, tn } from "../../i18n";
import { nextRound, slotName } from "../../openspace/clock";
import type { CallCard, PersonCard, SpaceCard, TopicCard } from "../../openspace/types";
import { countryName } from "../../room/people";
import { Country, Icon, Name, Unseen } from "../../room/view/marks";
import { countries } from "../look";
import { perMinute, quietMinutes, type RoomTalk } from "../pace";
import { CallButtons } from "./Calls";
import { usePage } from "./context";
import { Spark } from "./Spark";
import { TableTop } from "./TableTop";

/** Minutes without a word after which it is worth looking in. */
const QUIET = 4;

export function RoomCard({ space }: { space: SpaceCard }): JSX.Element {
  const { gathering, signals } = usePage();
  const people = gathering.peopleIn(space.id).value.map((id) => gathering.people.value[id]);
  const topic = gathering.topic(gathering.topicNowIn(space.id) ?? 0).value;
  const coming = useComing(space.id);
  const call = signals.call(space.id).value;
  const its = signals.talk(space.room).value;
  const counts = perMinute(its, signals.minute.value);
  const isPlain = topic === undefined && call === undefined && people.length === 0;
  if (isPlain) return <PlainCard space={space} coming={coming} />;
  return (
    <li class={`sheet tight rm ${call?.state === "open" ? "rm-help" : ""}`}>
      <div class="rm-top">
        <TableTop people={inOrder(people)} isConnected={(id) => signals.here.value.has(id)} />
        <div class="grow">
          <Door space={space} topic={topic} />
          <Who people={people} />
          {coming}
        </div>
      </div>
      <dl class="rm-d">
        {(topic !== undefined || counts.some((count) => count > 0)) && (
          <div>
            <dt>{t("Talk")}</dt>
            <dd>
              <Spark counts={counts} />
            </dd>
          </div>
        )}
        {topic !== undefined && (
          <div>
            <dt>{t("Report")}</dt>
            <dd>
              <ReportBadge topic={topic} />
            </dd>
          </div>
        )}
      </dl>
      <Flag space={space} topic={topic} call={call} talk={its} people={people.length} />
    </li>
  );
}

/** Nobody is there, and nothing is expected. */
function PlainCard({ space, coming }: { space: SpaceCard; coming: JSX.Element | null }): JSX.Element {
  return (
    <li class="sheet tight rm rm-l">
      <div class="rm-top">
        <TableTop people={[]} isConnected={() => false} />
        <div class="grow">
          <Door space={space} topic={undefined} />
          <Who people={[]} />
          {coming}
        </div>
      </div>
    </li>
  );
}

/** What stands here in the next round, while none runs. */
function useComing(space: number): JSX.Element | null {
  const { gathering } = usePage();
  const slots = gathering.slots.value;
  const { stage } = gathering.card.value;
  const isBetween = gathering.running.value === null && (stage === "marketplace" || stage === "rounds");
  const next = isBetween ? nextRound(slots) : null;
  const topic = gathering.topic((next && gathering.cell(next.id, space).value[0]) ?? 0).value;
  if (next === null || topic === undefined) return null;
  return (
    <p class="small muted rm-coming">
      {slotName(slots, next)}: <span lang={topic.language}>{topic.title}</span>
    </p>
  );
}

/** The largest country first, so that the table shows its mix. */
function inOrder(people: readonly (PersonCard | undefined)[]): (PersonCard | undefined)[] {
  const known = countries(people).flatMap(([_country, some]) => some);
  return [...known, ...people.filter((person) => person === undefined)];
}

function Door({ space, topic }: { space: SpaceCard; topic: TopicCard | undefined }): JSX.Element {
  const { gathering } = usePage();
  const address = `/rooms/${space.room}/`;
  if (topic === undefined) {
    return (
      <h3>
        <a class="cover" href={address}>
          <bdi>{space.name}</bdi>
        </a>
      </h3>
    );
  }
  const convener = topic.convener === null ? undefined : gathering.people.value[topic.convener];
  return (
    <>
      <p class="kicker">
        <bdi>{space.name}</bdi>
      </p>
      <h3>
        <a class="cover" href={address} lang={topic.language}>
          <bdi>{topic.title}</bdi>
        </a>
      </h3>
      <p class="small">
        {convener === undefined ? (
          <span class="badge care">{t("Nobody convenes it")}</span>
        ) : (
          <>
            <Name person={convener} /> <Country code={convener.country} />
          </>
        )}
      </p>
    </>
  );
}

function Who({ people }: { people: readonly (PersonCard | undefined)[] }): JSX.Element {
  if (people.length === 0) return <p class="micro muted">{t("Nobody is here")}</p>;
  return (
    <p class="row tight micro muted">
      <Unseen>{tn("{n} person:", "{n} people:", people.length)}</Unseen>
      {countries(people).map(([country, some]) => {
        const names = some.map(({ name }) => name).join(", ");
        return (
          <span class="nb" key={country} title={names}>
            <span aria-hidden="true">
              {some.length} <Country code={country} />
            </span>
            <Unseen>
              {countryName(country)}: {names}.
            </Unseen>
          </span>
        );
      })}
    </p>
  );
}

export function ReportBadge({ topic }: { topic: TopicCard }): JSX.Element {
  switch (topic.report) {
    case "confirmed":
      return (
        <span class="badge done">
          <Icon name="check" />
          {t("In")}
        </span>
      );
    case "draft":
      return <span class="badge care">{t("Draft")}</span>;
    default:
      return <span class="badge">{t("Not started")}</span>;
  }
}

interface FlagProps {
  space: SpaceCard;
  topic: TopicCard | undefined;
  call: CallCard | undefined;
  talk: RoomTalk;
  people: number;
}

/** The most urgent thing about the room. */
function Flag({ space, topic, call, talk, people }: FlagProps): JSX.Element {
  const { gathering, signals, talk: { desk } } = usePage();
  if (call !== undefined) {
    return (
      <div class="rm-flag">
        <span class={`badge ${call.state === "open" ? "alarm" : "info"}`}>
          <Icon name="hand" />
          {call.state === "open" ? desk.value.calls[call.id] || t("Asks for a facilitator") : <Taken call={call} />}
        </span>
        <CallButtons call={call} />
      </div>
    );
  }
  const slot = gathering.running.value;
  const isTalkExpected = topic !== undefined && slot !== null && people > 0;
  const quiet = isTalkExpected ? quietMinutes(talk, Date.parse(slot.started_at ?? slot.starts_at), signals.minute.value) : 0;
  const hands = talk.hands.length;
  return (
    <div class="rm-flag">
      {hands > 0 && <span class="badge info">{tn("{n} hand up", "{n} hands up", hands)}</span>}
      {quiet >= QUIET && (
        <>
          <span class="badge care">
            <Icon name="hourglass" />
            {quiet >= 10 ? t("Quiet for more than 10 min") : tn("Quiet for {n} min", "Quiet for {n} min", quiet)}
          </span>
          <a class="btn small" href={`/rooms/${space.room}/`}>
            {t("Look in")}
            <Unseen>, {space.name}</Unseen>
          </a>
        </>
      )}
      {hands === 0 && quiet < QUIET && <span class="micro muted">{calm(space, topic, people)}</span>}
    </div>
  );
}

function Taken({ call }: { call: CallCard }): JSX.Element {
  const { gathering } = usePage();
  if (call.taken_by === gathering.me) return <>{t("You are coming")}</>;
  return <>{t("{name} is coming", { name: gathering.people.value[call.taken_by ?? 0]?.name ?? "…" })}</>;
}

function calm(space: SpaceCard, topic: TopicCard | undefined, people: number): string {
  if (topic !== undefined) return people === 0 ? t("Nobody is here yet") : t("All well");
  if (space.kind === "topic") return t("No topic now");
  return people === 0 ? "" : t("People without a topic. That is fine.");
}
