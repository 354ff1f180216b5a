// The sheet of the run: clock, step, what one can do now, the steps, and what is written and who speaks.

import type { JSX } from "preact";
import { t } from "../../i18n";
import { Icon } from "../../room/view/marks";
import { useConsultation } from "../context";
import { caseGiverOf } from "../rights";
import type { ConsultationCard } from "../types";
import { lengthName, mineText, phaseOf, speaksText, stepText } from "../words";
import { Clock } from "./Clock";
import { Commitments } from "./Commitments";
import { Composer } from "./Composer";
import { Lead } from "./Lead";
import { Lists } from "./Lists";
import { RunBadge } from "./Page";
import { Parts } from "./Parts";
import { Phases } from "./Phases";
import { PrivateNotes } from "./PrivateNotes";
import { Speakers } from "./Speakers";

export function Run(): JSX.Element {
  const card = useConsultation().consultation.state.value;
  const { state } = card.run;
  return (
    <section class="run sheet flush" data-state={state} aria-label={t("Peer consultation")}>
      <RunHead />
      <Lead />
      <Phases />
      <div class="run-b">
        <div class="stack">
          {state === "planned" && <Parts isOpen />}
          {card.run.writes === "commitments" && <Commitments />}
          {state !== "planned" && <Composer />}
          <Talk />
          {state !== "planned" && <Lists />}
          {card.run.writes !== "commitments" && <Commitments />}
        </div>
        <aside class="stack speak" aria-label={t("People and notes")}>
          <Speakers />
          {state !== "planned" && state !== "finished" && <Parts isOpen={false} />}
          <PrivateNotes />
        </aside>
      </div>
    </section>
  );
}

/** What there is to do in a step in which nothing is written down. */
function Talk(): JSX.Element | null {
  const card = useConsultation().consultation.state.value;
  const isOn = card.run.state === "running" || card.run.state === "paused";
  if (!isOn || card.run.writes !== "nothing") return null;
  return (
    <p class="note">
      <Icon name="messages-square" />
      <span>
        {card.protocol.is_asynchronous
          ? t("This step is written in the group’s room.")
          : t("This step is for talking: nothing is written down here. Lists come in later steps.")}{" "}
        {card.room !== null && <a href={`/rooms/${card.room}/`}>{t("To the group’s room")}</a>}
      </span>
    </p>
  );
}

/** After the end only who answers has something to do. */
function isAboutMe({ run, answers, recommendations }: ConsultationCard): boolean {
  return run.state !== "finished" || (answers && recommendations.some(({ state }) => state === "open"));
}

function RunHead(): JSX.Element {
  const card = useConsultation().consultation.state.value;
  const { run, protocol } = card;
  const phase = phaseOf(card);
  const giver = caseGiverOf(card);
  const name = giver === null ? t("The case giver") : (card.people[giver]?.name ?? "…");
  const isOn = run.state === "running" || run.state === "paused";
  return (
    <div class="run-h">
      {isOn && <Clock />}
      <div class="grow">
        <p class="kicker">
          {t("Peer consultation")}
          {isOn && (
            <>
              {" "}
              · <bdi>{protocol.name}</bdi> · {stepText(card)}
            </>
          )}{" "}
          <RunBadge state={run.state} />
        </p>
        <h2 id="run-h">{isOn && phase !== undefined ? <bdi>{phase.name}</bdi> : protocol.name}</h2>
        {isOn && phase !== undefined ? (
          <p class="ink2">
            <bdi>{phase.about}</bdi> {speaksText(card, phase, name)}
            <span class="vh"> {lengthName(phase)}</span>
          </p>
        ) : (
          <p class="ink2">
            <bdi>{protocol.about}</bdi>
          </p>
        )}
        <p class="run-now" data-mine>
          <b>{isAboutMe(card) ? t("You now:") : t("Now:")}</b> {mineText(card)}
        </p>
        {run.state === "finished" && card.recommendations.length > 0 && (
          <p>
            <a class="btn small" href="#outcome-h">
              {t("To the recommendations")}
            </a>
          </p>
        )}
        {run.is_silent && run.state !== "finished" && <p class="small muted">{t("What is written now is hidden from the others until it is shown for all together.")}</p>}
      </div>
    </div>
  );
}
