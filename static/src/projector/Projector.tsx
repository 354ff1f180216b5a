// One screen at a time. Nothing to press: it is seen from far away.

import { useComputed, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../i18n";
import { phaseOf, slotName, slotTimes, startOf } from "../openspace/clock";
import { announced } from "../openspace/news";
import { useWall } from "../wall/context";
import { Elsewhere } from "../wall/view/Elsewhere";
import { Head } from "../wall/view/Head";
import { Paper } from "./Paper";
import { CircleScreen, headingOf, LeadOf, SheetOf } from "./Sheets";
import { type Screen, screensOf } from "./pages";

/** Long enough to read eight titles aloud. */
const TURN_EVERY = 15_000;

export function Projector(): JSX.Element {
  const { gathering } = useWall();
  const screens = useComputed(() => screensOf(gathering.state.value));
  const at = useSignal(0);
  useEffect(() => {
    const timer = setInterval(() => (at.value += 1), TURN_EVERY);
    return () => clearInterval(timer);
  }, []);
  const all = screens.value;
  const screen = all[at.value % Math.max(1, all.length)];
  const newest = useComputed(() => announced(gathering.news.value, gathering.time.now.value)).value;
  return (
    <>
      <Head hasControls={false} />
      {newest !== undefined && (
        <p class="note">
          <span lang={newest.language} dir="auto">
            {newest.text}
          </span>
        </p>
      )}
      {screen === undefined ? <p class="lead">{t("The wall is still empty.")}</p> : <ScreenView screen={screen} />}
      {all.length > 1 && (
        <p class="pages" aria-hidden="true">
          {all.map((_, index) => (
            <i key={index} class={index === at.value % all.length ? "is-now" : ""} />
          ))}
        </p>
      )}
    </>
  );
}

function ScreenView({ screen }: { screen: Screen }): JSX.Element {
  const { gathering } = useWall();
  if (screen.kind === "circle") return <CircleScreen />;
  const part = screen.of > 1 ? ` ${screen.part}/${screen.of}` : "";
  if (screen.kind !== "slot") {
    return (
      <section class="wall">
        <header class="wall-h">
          <h2>
            {headingOf(screen.kind)}
            {part}
          </h2>
          <LeadOf kind={screen.kind} />
        </header>
        <ul class="papers">
          {screen.ids.map((id) => (
            <SheetOf key={id} kind={screen.kind} id={id} />
          ))}
        </ul>
      </section>
    );
  }
  const { slot, spaces } = screen;
  const isRunning = phaseOf(slot) === "running";
  return (
    <section class={isRunning ? "wall is-now" : "wall"}>
      <header class="wall-h">
        <h2>
          {slotName(gathering.slots.value, slot)}
          {part}
        </h2>
        <p class="lead">
          {slotTimes(slot)} <Elsewhere at={startOf(slot)} />
        </p>
        {isRunning && <span class="badge now">{t("Now")}</span>}
      </header>
      <ul class="papers">
        {spaces.flatMap((space) => {
          const topics = gathering.cell(slot.id, space.id).value;
          const ids = topics.length > 0 ? topics : [null];
          return ids.map((id) => <Paper key={`${space.id}:${id}`} id={id} space={space} isRunning={isRunning} />);
        })}
      </ul>
    </section>
  );
}
