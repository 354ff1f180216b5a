// The whole page below the bar. What the stage asks for stands first; the wall is always there.

import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../i18n";
import { isLate } from "../../openspace/clock";
import { Banner } from "../../room/view/Banner";
import { useWall } from "../context";
import { Actions } from "./Actions";
import { Announcer } from "./Announcer";
import { Board } from "./Board";
import { Circle } from "./Circle";
import { Dialogs } from "./Dialogs";
import { Head } from "./Head";
import { HereBar } from "./HereBar";
import { Notes } from "./Notes";
import { Principles } from "./Principles";
import { SheetMenu } from "./SheetMenu";
import { Side } from "./Side";
import { TechCheck } from "./TechCheck";
import { Voting } from "./Voting";
import { Words } from "./Words";

export function Wall({ rows }: { rows: ReadonlySignal<number> }): JSX.Element {
  const { gathering, retry } = useWall();
  const { stage, voting } = gathering.card.value;
  const hasBegun = useComputed(() => rows.value > 0);
  const isEnding = isLate(stage);
  return (
    <>
      <Head />
      <Banner
        connection={gathering.connection.value}
        phase={gathering.phase.value}
        retry={retry}
        comfort={t("You can read on. What you propose is sent when you are back.")}
      />
      <Notes />
      <div class="os-grid" data-late={isEnding ? "" : undefined}>
        <div class="os-main">
          <Circle />
          {stage === "opening" && <Principles />}
          {(stage === "preparing" || stage === "opening") && <TechCheck />}
          {(stage === "closing" || (stage === "closed" && gathering.words.value.length > 0)) && <Words />}
          {voting !== "off" && <Voting />}
          {isEnding && <Actions />}
          <Board rows={rows} />
          {!isEnding && gathering.actions.value.length > 0 && <Actions />}
        </div>
        {hasBegun.value && <Side />}
      </div>
      <HereBar />
      <SheetMenu />
      <Dialogs />
      <Announcer />
    </>
  );
}
