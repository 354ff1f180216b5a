// Theme, stage, and what time it is in the gathering.

import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { formatDate, formatTime, t } from "../../i18n";
import { formatLeft, isLate, leftOf, nextRound, shareLeft, slotName } from "../../openspace/clock";
import { inLanguage } from "../../openspace/texts";
import type { SlotCard } from "../../openspace/types";
import { stageName } from "../../openspace/words";
import { filled } from "../../room/view/filled";
import { Icon, Unseen } from "../../room/view/marks";
import { useWall } from "../context";
import { Elsewhere } from "./Elsewhere";

/** `hasControls`: not on a big screen, which nobody touches. */
export function Head({ hasControls = true }: { hasControls?: boolean }): JSX.Element {
  const { gathering } = useWall();
  const { theme, stage, sponsor, on } = gathering.card.value;
  const words = inLanguage(theme);
  return (
    <header class="os-head">
      <div class="grow">
        <p class="kicker">
          {t("Open Space")} · {formatDate(on)} · <span class="badge">{stageName(stage)}</span>
        </p>
        <h1 lang={words.language}>{words.text || t("Open Space")}</h1>
        {sponsor !== "" && <p class="small muted">{t("Called by {name}", { name: sponsor })}</p>}
        {hasControls && <Links />}
      </div>
      <Clock hasControls={hasControls} />
    </header>
  );
}

/** For those who hold the space. */
function Links(): JSX.Element | null {
  const { gathering } = useWall();
  if (!gathering.rights.value.facilitate) return null;
  const { id, stage } = gathering.card.value;
  const wall = `/gatherings/${id}`;
  return (
    <p class="row tight no-print">
      <a class="btn small" href={`${wall}/desk/`}>
        {t("Facilitator’s desk")}
      </a>
      {stage === "preparing" && (
        <a class="btn small" href={`${wall}/prepare/`}>
          {t("Prepare")}
        </a>
      )}
      <a class="btn small quiet" href={`${wall}/projector/`}>
        {t("Big screen")}
      </a>
    </p>
  );
}

function Clock({ hasControls }: { hasControls: boolean }): JSX.Element {
  const { gathering } = useWall();
  const running = gathering.running.value;
  if (running !== null) return <Running slot={running} hasControls={hasControls} />;
  const next = nextRound(gathering.slots.value);
  const { stage } = gathering.card.value;
  if (next === null || isLate(stage)) return <div class="os-clock" />;
  return (
    <div class="os-clock">
      <div>
        <b>{t("{round} is next", { round: slotName(gathering.slots.value, next) })}</b>
        <p class="small muted">
          {t("at")} <time dateTime={next.starts_at}>{formatTime(next.starts_at)}</time> <Elsewhere at={next.starts_at} />
        </p>
      </div>
      {hasControls && <GongButton />}
    </div>
  );
}

function Running({ slot, hasControls }: { slot: SlotCard; hasControls: boolean }): JSX.Element {
  const { gathering } = useWall();
  const left = useComputed(() => formatLeft(leftOf(slot, gathering.time.now.value)));
  const isEnd = useComputed(() => leftOf(slot, gathering.time.now.value) <= 60_000);
  const isPast = useComputed(() => leftOf(slot, gathering.time.now.value) === 0);
  return (
    <div class="os-clock">
      {/* The figure changes every second: a screen reader is told at 10, 3 and 1 minute instead. */}
      <div class={isEnd.value ? "timer end" : "timer"} role="timer" aria-live="off" aria-label={t("Time left in this round")}>
        <TimerRing slot={slot} />
        <span>{left}</span>
      </div>
      <div>
        <b>{t("{round} is running", { round: slotName(gathering.slots.value, slot) })}</b>
        <p class="small muted">
          {isPast.value
            ? t("Its time is up: come to an end.")
            : filled(t("until {time}"), { time: <time dateTime={slot.ends_at}>{formatTime(slot.ends_at)}</time> })}{" "}
          <Elsewhere at={slot.ends_at} />
        </p>
      </div>
      {hasControls && <GongButton />}
    </div>
  );
}

function TimerRing({ slot }: { slot: SlotCard }): JSX.Element {
  const { gathering } = useWall();
  const dashes = useComputed(() => `${Math.round(shareLeft(slot, gathering.time.now.value) * 100)} 100`);
  return (
    <svg viewBox="0 0 100 100" aria-hidden="true">
      <circle class="track" cx="50" cy="50" r="44" />
      <circle class="left" cx="50" cy="50" r="44" pathLength="100" stroke-dasharray={dashes} />
    </svg>
  );
}

function GongButton(): JSX.Element {
  const { gong } = useWall();
  const isMuted = gong.isMuted.value;
  const text = isMuted ? t("Switch the gong on") : t("Switch the gong off");
  return (
    <button class="icon-btn" type="button" title={text} onClick={() => gong.setMuted(!isMuted)}>
      <Icon name={isMuted ? "bell-off" : "bell"} />
      <Unseen>{text}</Unseen>
    </button>
  );
}
