// The desk as a whole.

import type { JSX } from "preact";
import { t } from "../../i18n";
import { Banner } from "../../room/view/Banner";
import { Icon } from "../../room/view/marks";
import { usePage } from "./context";
import { Calls } from "./Calls";
import { Circle } from "./Circle";
import { Deck } from "./Deck";
import { Door } from "./Door";
import { KeysDialog } from "./KeysDialog";
import { Market } from "./Market";
import { Missing } from "./Missing";
import { QuestionDialog } from "./QuestionDialog";
import { Reports } from "./Reports";
import { Rooms } from "./Rooms";
import { Say } from "./Say";
import { Speaker } from "./Speaker";
import { Voting } from "./Voting";

export function Desk(): JSX.Element {
  const { gathering, links, retry } = usePage();
  const isFacilitator = gathering.rights.value.facilitate;
  return (
    <>
      <Banner
        connection={gathering.connection.value}
        phase={gathering.phase.value}
        retry={retry}
        comfort={t("The gathering goes on: rounds run by the server’s clock.")}
      />
      {isFacilitator ? (
        <Controls />
      ) : (
        <p class="note care">
          <Icon name="info" />
          <span>
            {t("You do not facilitate this gathering any more.")} <a href={links.wall}>{t("Go to the wall")}</a>
          </span>
        </p>
      )}
    </>
  );
}

function Controls(): JSX.Element {
  const { gathering, ui } = usePage();
  const { stage } = gathering.card.value;
  const isOpen = stage !== "closed";
  return (
    <>
      <Complaint />
      <Deck />
      <div class="with-aside">
        <div class="stack">
          <Calls />
          <Rooms />
          <Reports />
          {isOpen && <Missing />}
        </div>
        <aside class="stack desk-aside" aria-label={t("What waits for you")}>
          <Circle />
          <Voting />
          {stage === "marketplace" && <Market />}
          {isOpen && <Say />}
          {isOpen && <Door />}
          {stage !== "marketplace" && <Market />}
        </aside>
      </div>
      <Speaker />
      {ui.asked.value !== null && <QuestionDialog />}
      {ui.isShowingKeys.value && <KeysDialog />}
    </>
  );
}

/** Why something was not done. */
function Complaint(): JSX.Element {
  const { complaint } = usePage().gathering.commands;
  return (
    <div role="alert">
      {complaint.value !== null && (
        <p class="note alarm">
          <Icon name="circle-alert" />
          <span>{complaint.value}</span>
          <button class="link-btn" type="button" onClick={() => (complaint.value = null)}>
            {t("Close")}
          </button>
        </p>
      )}
    </div>
  );
}
