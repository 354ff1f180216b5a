// Rounds are rows, spaces are columns; below them is what waits for a place. Things are dropped on cells.

import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../i18n";
import { isLate, isLeftOut, isOn, phaseOf, slotName, slotTimes, startOf } from "../../openspace/clock";
import type { GatheringModel } from "../../openspace/model";
import { whyNoMarket } from "../../openspace/rights";
import type { SlotCard } from "../../openspace/types";
import { Icon } from "../../room/view/marks";
import { useWall } from "../context";
import { dropTargets } from "../dragging";
import { Cell } from "./Cell";
import { Elsewhere } from "./Elsewhere";
import { Pool } from "./Pool";

/** Waiting topics that are made in one step while the wall grows. */
const A_ROW_OF_POOL = 30;

/** How many steps it takes to make the whole wall. */
export function rowsOf(gathering: GatheringModel): number {
  return 1 + gathering.slots.value.length + Math.ceil(gathering.waiting.value.length / A_ROW_OF_POOL);
}

export function Board({ rows }: { rows: ReadonlySignal<number> }): JSX.Element {
  const page = useWall();
  const { gathering } = page;
  const slots = gathering.slots.value;
  // The first step makes what stands beside the board.
  const made = useComputed(() => Math.min(Math.max(0, rows.value - 1), slots.length));
  const inPool = useComputed(() => Math.max(0, rows.value - 1 - slots.length) * A_ROW_OF_POOL);
  return (
    <section class="wall" aria-labelledby="wallh" {...dropTargets(page)}>
      <header class="wall-h">
        <h2 id="wallh">{t("The wall")}</h2>
        <p class="small ink2 wall-key">
          {t("One dot is one interested person. Interest is not a sign-up.")}{" "}
          {t("All times are {zone}.", { zone: document.documentElement.dataset["zoneName"] ?? "UTC" })}
        </p>
        <ProposeButton />
        <WhyNot />
      </header>
      {slots.length > 0 && <Jump />}
      <div class="board" role="region" aria-label={t("Rounds and spaces")} tabIndex={0}>
        <div class="board-in">
          {slots.length > 0 && <Spaces />}
          {slots.slice(0, made.value).map((slot) => (
            <Row key={slot.id} slot={slot} />
          ))}
        </div>
      </div>
      {slots.length === 0 && <p class="muted">{t("The rounds are not planned yet.")}</p>}
      <Pool most={inPool} />
    </section>
  );
}

function ProposeButton(): JSX.Element {
  const { gathering, ui } = useWall();
  const why = whyNoMarket(gathering.card.value, gathering.rights.value);
  return (
    <button
      class="btn main end"
      type="button"
      aria-disabled={why !== null}
      aria-describedby={why === null ? undefined : "why-no-market"}
      onClick={() => (why === null ? ui.open({ kind: "propose", place: null }) : ui.say(why))}
    >
      <Icon name="plus" />
      {t("Propose a topic")}
    </button>
  );
}

/** What the button that cannot be pressed stands for. */
function WhyNot(): JSX.Element | null {
  const { gathering } = useWall();
  const why = whyNoMarket(gathering.card.value, gathering.rights.value);
  if (why === null) return null;
  return (
    <p class="small ink2 why-not" id="why-no-market">
      {why}
    </p>
  );
}

function Jump(): JSX.Element {
  const { gathering } = useWall();
  const slots = gathering.slots.value;
  return (
    <nav class="jump" aria-label={t("Rounds")}>
      {slots.map((slot) => (
        <a key={slot.id} class={phaseOf(slot) === "running" ? "btn small now" : "btn small"} href={`#slot-${slot.id}`}>
          {slotName(slots, slot)}
        </a>
      ))}
      <a class="btn small" href="#waiting">
        {t("Waiting")} {gathering.waiting.value.length}
      </a>
    </nav>
  );
}

/** For the eye: every sheet says its space by itself to a screen reader. */
function Spaces(): JSX.Element {
  const spaces = useWall().gathering.columns.value;
  return (
    <div class="spaces" aria-hidden="true">
      <span />
      <div class="cells">
        {spaces.map((space) => (
          <b key={space.id}>{space.name}</b>
        ))}
      </div>
    </div>
  );
}

function Row({ slot }: { slot: SlotCard }): JSX.Element {
  const { gathering } = useWall();
  const spaces = gathering.columns.value;
  const phase = phaseOf(slot);
  const isNow = useComputed(() => {
    const slots = gathering.slots.value;
    if (isLate(gathering.card.value.stage)) return false;
    return slots.some((each) => each.id === slot.id && isOn(slots, each, gathering.time.now.value));
  }).value;
  const isOut = isLeftOut(gathering.card.value.stage, gathering.slots.value, slot);
  const css = [phase === "over" && "is-past", isNow && "is-now", slot.kind === "break" && "is-break"].filter(Boolean);
  return (
    <section class={["slot", ...css].join(" ")} aria-labelledby={`slot-${slot.id}`}>
      <div class="slot-h">
        <h3 id={`slot-${slot.id}`} tabIndex={-1}>
          {slotName(gathering.slots.value, slot)}
        </h3>
        <p>
          <time dateTime={startOf(slot)}>{slotTimes(slot)}</time>
        </p>
        <Elsewhere at={startOf(slot)} isPlain />
        {phase === "over" && <span class="micro">{t("Ended")}</span>}
        {isOut && <span class="micro">{t("Not held")}</span>}
        {isNow && <span class="badge now">{t("Now")}</span>}
      </div>
      <ul class="cells">
        {spaces.map((space) => (
          <Cell key={space.id} slot={slot} space={space} />
        ))}
      </ul>
    </section>
  );
}
