// What runs now, how long, and what to do next.

import type { JSX } from "preact";
import { formatTime, t, tn } from "../../i18n";
import { formatLeft, leftOf, shareLeft } from "../../openspace/clock";
import type { SlotCard } from "../../openspace/types";
import { zoneTimes } from "../../openspace/zones";
import { Country, Icon, Name } from "../../room/view/marks";
import { type Step, doings, headline, steps } from "../doings";
import { whereabouts } from "../look";
import { usePage } from "./context";
import { DoingButton } from "./DoingButton";

export function Deck(): JSX.Element {
  const { gathering, signals, links, ui } = usePage();
  const state = gathering.state.value;
  const now = gathering.time.now.value;
  const running = gathering.running.value;
  const { title, when } = headline(state, now);
  return (
    <section class="deck" aria-labelledby="desk-title">
      {running !== null && <Timer slot={running} now={now} />}
      <div class="grow deck-t">
        <p class="kicker">
          {t("Facilitator’s desk")} <Facilitators />
        </p>
        <h1 id="desk-title">{title}</h1>
        <p class="ink2">
          <Whereabouts />
        </p>
        {when !== null && (
          <p class="row tight ink2">
            {when.words} <Clocks at={when.at} />
          </p>
        )}
        <p class="small muted" role="status">
          {ui.rungAt.value !== null && t("The gong was rung at {time}.", { time: formatTime(ui.rungAt.value) })}
        </p>
      </div>
      <div class="deck-b">
        {doings(state, signals.here.value.size, now).map((doing) => (
          <DoingButton key={doing.run.name + doing.label} doing={doing} />
        ))}
        {state.gathering.stage === "preparing" && (
          <a class="btn" href={links.prepare}>
            {t("Prepare")}
          </a>
        )}
        {state.gathering.stage === "closed" && (
          <a class="btn main" href={links.proceedings}>
            <Icon name="book-open" />
            {t("The book of proceedings")}
          </a>
        )}
      </div>
      <ol class="deck-s" aria-label={t("Stages of the day")}>
        {steps(state, now).map((step) => (
          <StepItem key={step.id} step={step} />
        ))}
      </ol>
      <More />
    </section>
  );
}

function Timer({ slot, now }: { slot: SlotCard; now: number }): JSX.Element {
  const left = leftOf(slot, now);
  return (
    <div class={`timer ${left <= 180_000 ? "end" : ""}`} role="timer" aria-label={t("Time left")}>
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle class="track" cx="50" cy="50" r="45" />
        <circle class="left" cx="50" cy="50" r="45" pathLength={100} stroke-dasharray={`${shareLeft(slot, now) * 100} 100`} />
      </svg>
      <span>
        {formatLeft(left)}
        <small>{t("left")}</small>
      </span>
    </div>
  );
}

/** Who else could take over: the facilitators who are connected. */
function Facilitators(): JSX.Element {
  const { gathering } = usePage();
  const people = gathering.people.value;
  const here = gathering.here.value.flatMap((id) => people[id] ?? []);
  const hosts = here.filter(({ role }) => role === "facilitator" || role === "organiser");
  return (
    <>
      {hosts.map((person) => (
        <span key={person.id}>
          · <Name person={person} />{" "}
        </span>
      ))}
    </>
  );
}

function Whereabouts(): JSX.Element {
  const { gathering, signals } = usePage();
  const everybody = signals.everybody.value;
  const here = everybody.filter(({ id }) => signals.here.value.has(id));
  const { inTopics, elsewhere, nowhere } = whereabouts(gathering.state.value, signals.here.value);
  const parts = [
    tn("{here} of {n} person connected", "{here} of {n} people connected", everybody.length, { here: here.length }),
    t("{n} went to rooms for topics", { n: inTopics }),
    ...(elsewhere > 0 ? [t("{n} to plenary, lounge and the like", { n: elsewhere })] : []),
    ...(nowhere > 0 ? [t("{n} nowhere", { n: nowhere })] : []),
  ];
  return <>{parts.join(" · ")}</>;
}

/** 12:00 PL HU SK, 13:00 BG LV */
function Clocks({ at }: { at: string }): JSX.Element {
  const { signals } = usePage();
  const times = zoneTimes(at, signals.everybody.value.map(({ country }) => country));
  return (
    <>
      {times.map(({ clock, countries }) => (
        <span class="row tight nb" key={clock}>
          <b class="num">{clock}</b>
          {countries.map((code) => (
            <Country key={code} code={code} />
          ))}
        </span>
      ))}
    </>
  );
}

function StepItem({ step }: { step: Step }): JSX.Element {
  const { ui } = usePage();
  const { doing } = step;
  const inside = (
    <>
      {step.state === "done" && <Icon name="check" />}
      {step.state === "now" && <Icon name="play" />}
      <bdi>{step.name}</bdi>
    </>
  );
  return (
    <li>
      {doing === null ? (
        <span class="step" data-state={step.state} aria-current={step.state === "now" ? "step" : undefined}>
          {inside}
        </span>
      ) : (
        <button type="button" data-state={step.state} aria-current={step.state === "now" ? "step" : undefined} onClick={() => ui.begin(doing)}>
          {inside}
        </button>
      )}
    </li>
  );
}

function More(): JSX.Element {
  const { gathering, ui, links, gong } = usePage();
  const { runs_by_clock, stage } = gathering.card.value;
  const setClock = (input: HTMLInputElement) => {
    const isWanted = input.checked;
    // It shows what is so; what is wished for comes back with the log, or is refused.
    input.checked = runs_by_clock;
    void ui.do({ name: "clock.set", data: { runs_by_clock: isWanted } });
  };
  return (
    <div class="deck-more">
      {stage !== "closed" && (
        <label class="check">
          <input type="checkbox" checked={runs_by_clock} onChange={(event) => setClock(event.currentTarget)} />
          <span>{t("Rounds start and end by themselves at their times")}</span>
        </label>
      )}
      <nav class="row tight end" aria-label={t("Pages of this gathering")}>
        <a class="btn small quiet" href={links.wall}>
          {t("The wall")}
        </a>
        <a class="btn small quiet" href={links.projector} target="_blank" rel="noopener">
          {t("Projector")}
        </a>
        <a class="btn small quiet" href={links.prepare}>
          {t("Prepare")}
        </a>
        <a class="btn small quiet" href={links.proceedings}>
          {t("Proceedings")}
        </a>
      </nav>
      <button class="btn small quiet" type="button" onClick={() => gong.setMuted(!gong.isMuted.value)}>
        <Icon name={gong.isMuted.value ? "bell-off" : "bell"} />
        {gong.isMuted.value ? t("Gong is silent here") : t("Gong is heard here")}
      </button>
      <button class="btn small quiet" type="button" onClick={() => (ui.isShowingKeys.value = true)}>
        {t("Keys")}
      </button>
    </div>
  );
}
