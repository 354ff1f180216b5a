// The door plate of a room in a gathering: what is on here now, who convenes it, and the way to anywhere else.

import type { JSX } from "preact";
import { t } from "../../i18n";
import { slotName } from "../../openspace/clock";
import { inLanguage } from "../../openspace/texts";
import type { TopicCard } from "../../openspace/types";
import { usePage } from "../view/context";
import { DateButton, PinnedButton, StateBadge, StateMenu } from "../view/Header";
import { Country, Icon, Name, Unseen } from "../view/marks";
import { Timer } from "./Timer";
import { usePlace } from "./context";

export function Door(): JSX.Element {
  const { room, ui } = usePage();
  const place = usePlace();
  const { name, title, language, state } = room.card.value;
  const topic = place.isNow.value ? place.topic.value : undefined;
  return (
    <header class="room-h door">
      <a class="icon-btn" href={`/gatherings/${place.gathering.card.value.id}/`}>
        <Icon name="layout-grid" />
        <Unseen>{t("Back to the wall")}</Unseen>
      </a>
      <div class="grow">
        <p class="kicker">
          <bdi>{name}</bdi>
          <Round />
          {topic !== undefined && <Convener topic={topic} />}
          {state !== "open" && <StateBadge state={state} />}
        </p>
        {topic === undefined ? (
          <h1 lang={language}>
            <bdi>{title || inLanguage(place.gathering.card.value.theme).text || name}</bdi>
          </h1>
        ) : (
          <h1 lang={topic.language}>
            <bdi>{topic.title}</bdi>
          </h1>
        )}
        {topic !== undefined && topic.why !== "" && (
          <p class="door-why small only-wide" lang={topic.language}>
            <bdi>{topic.why}</bdi>
          </p>
        )}
        <OtherTopics />
      </div>
      <div class="row nowrap tight">
        <span class="only-narrow">
          <Timer isSmall />
        </span>
        <PinnedButton />
        <PapersButton />
        <span class="only-wide">
          <DateButton />
        </span>
        <StateMenu />
        <button class="btn leave" type="button" onClick={() => (ui.dialog.value = { kind: "spaces" })}>
          <Icon name="footprints" />
          <span class="leave-text">{t("Leave for another room")}</span>
        </button>
      </div>
    </header>
  );
}

function Round(): JSX.Element | null {
  const { gathering, round } = usePlace();
  const slot = round.value ?? gathering.running.value;
  return slot === null ? null : <> · {slotName(gathering.slots.value, slot)}</>;
}

function Convener({ topic }: { topic: TopicCard }): JSX.Element {
  const { gathering } = usePlace();
  const convener = topic.convener === null ? undefined : gathering.people.value[topic.convener];
  if (convener === undefined) return <span class="only-wide"> · {t("nobody convenes it")}</span>;
  return (
    <span class="only-wide">
      {" "}
      · {t("convened by")} <Name person={convener} /> <Country code={convener.country} />
    </span>
  );
}

/** Two topics may stand in one cell: both are here, and each has its papers. */
function OtherTopics(): JSX.Element | null {
  const place = usePlace();
  const topics = place.topicsNow.value;
  if (topics.length < 2) return null;
  return (
    <p class="small">
      {t("Also here:")}{" "}
      {topics
        .filter(({ id }) => id !== place.topic.value?.id)
        .map((topic) => (
          <button key={topic.id} class="link-btn" type="button" lang={topic.language} onClick={() => (place.chosen.value = topic.id)}>
            <bdi>{topic.title}</bdi>
          </button>
        ))}
    </p>
  );
}

/** Where the window has no place for the papers by itself, or they were closed. */
function PapersButton(): JSX.Element | null {
  const { ui } = usePage();
  const place = usePlace();
  const kind = ui.panel.value?.kind;
  if (place.topic.value === undefined || kind === "notes" || kind === "report") return null;
  const opens = place.topic.value.notes === null ? "report" : "notes";
  return (
    <button class="btn only-wide" id="open-papers" type="button" onClick={() => ui.openPaper(opens)}>
      <Icon name="file-text" />
      {t("Notes and report")}
    </button>
  );
}
