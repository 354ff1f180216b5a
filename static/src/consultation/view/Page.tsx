// The consultation from its key question down to who may speak.

import type { JSX } from "preact";
import { t } from "../../i18n";
import { Banner } from "../../room/view/Banner";
import { filled } from "../../room/view/filled";
import { Avatar, Icon, Name } from "../../room/view/marks";
import { Toast } from "../../room/view/Toast";
import { useConsultation } from "../context";
import { caseGiverOf } from "../rights";
import type { RunStateName } from "../types";
import { stateName } from "../words";
import { Dialogs } from "./Dialogs";
import { Run } from "./Run";

export function Page(): JSX.Element {
  const { consultation, ui, retry } = useConsultation();
  return (
    <>
      <Banner
        connection={consultation.connection.value}
        phase={consultation.phase.value}
        retry={retry}
        comfort={t("You can read on. What you write is sent when you are back.")}
      />
      <KeyQuestion />
      <Run />
      <Dialogs />
      <div class="vh" role="status" data-spoken>
        {ui.spoken.value}
      </div>
      <Toast text={ui.toast} />
    </>
  );
}

function KeyQuestion(): JSX.Element {
  const card = useConsultation().consultation.state.value;
  const giver = caseGiverOf(card);
  const person = giver === null ? undefined : card.people[giver];
  return (
    <blockquote class="keyq consult-keyq">
      {person !== undefined && <Avatar person={person} size="l" />}
      <div>
        <p lang={card.challenge_language}>
          <bdi>{card.key_question || t("The key question is not written yet.")}</bdi>
        </p>
        <footer>
          {filled(t("The key question of {name}"), { name: person === undefined ? <bdi>{card.institution_name}</bdi> : <Name person={person} /> })}
        </footer>
      </div>
    </blockquote>
  );
}

const LOOKS: Readonly<Record<RunStateName, readonly [string, string]>> = {
  planned: ["clock", ""],
  running: ["play", "now"],
  paused: ["pause", "care"],
  finished: ["check", "done"],
};

export function RunBadge({ state }: { state: RunStateName }): JSX.Element {
  const [icon, look] = LOOKS[state];
  return (
    <span class={`badge ${look}`}>
      <Icon name={icon} />
      {stateName(state)}
    </span>
  );
}
