// The whole page below the bar.

import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { t, tn } from "../../i18n";
import { usePossibleConsultation } from "../../consultation/context";
import { Strip } from "../consultation/Strip";
import { Door } from "../gathering/Door";
import { Facilitator, GongButton } from "../gathering/Facilitator";
import { Notices } from "../gathering/Notices";
import { PaperParts } from "../gathering/PaperParts";
import { Spaces } from "../gathering/Spaces";
import { useGathering } from "../gathering/context";
import { Announcer } from "./Announcer";
import { Banner } from "./Banner";
import { Composer } from "./Composer";
import { Dialogs } from "./Dialogs";
import { Header } from "./Header";
import { Log } from "./Log";
import { OtherRooms } from "./OtherRooms";
import { Panel } from "./Panel";
import { OpenPoll } from "./Poll";
import { People } from "./People";
import { Toast } from "./Toast";
import { usePage } from "./context";
import { Icon, Unseen } from "./marks";

export function Room(): JSX.Element {
  const { room, ui, retry } = usePage();
  const gathering = useGathering();
  const isConsulting = usePossibleConsultation() !== null;
  useSignalEffect(() => {
    const complaint = room.commands.complaint.value;
    if (complaint === null) return;
    ui.say(complaint);
    room.commands.complaint.value = null;
  });
  const isBeside = ui.panel.value !== null;
  return (
    <>
      {gathering === null ? <Header /> : <Door />}
      <Parts />
      <div class={isBeside ? "room-grid beside" : "room-grid"} data-part={ui.part.value} data-panel={ui.panel.value?.kind}>
        <aside class="room-l" aria-label={t("People and rooms")}>
          <People />
          {gathering === null ? (
            <OtherRooms />
          ) : (
            <>
              <Facilitator />
              <Spaces />
              <GongButton />
            </>
          )}
        </aside>
        <section class="room-c" aria-label={t("Talk")} data-drop>
          <div class="room-top">
            <Banner
              connection={room.connection.value}
              phase={room.phase.value}
              retry={retry}
              comfort={t("You can keep writing: we send it when you are back.")}
            />
            {gathering !== null && <Notices />}
            {isConsulting && <Strip />}
          </div>
          <Log />
          <OpenPoll />
          <Composer root={null} />
        </section>
        <Panel />
      </div>
      <Dialogs />
      <Announcer />
      <Toast text={ui.toast} />
    </>
  );
}

/** A narrow window shows one part at a time. */
function Parts(): JSX.Element {
  const { room, ui, elsewhere } = usePage();
  const part = ui.part.value;
  const pinned = room.state.value.pinned.length;
  const isPinned = part === "panel" && ui.panel.value?.kind === "pinned";
  return (
    <nav class="tabs room-tabs" aria-label={t("Parts of the room")}>
      <button type="button" aria-current={part === "chat" ? "true" : undefined} onClick={() => (ui.part.value = "chat")}>
        {t("Talk")}
      </button>
      <PaperParts />
      <button type="button" aria-current={part === "people" ? "true" : undefined} onClick={() => (ui.part.value = "people")}>
        {t("People")} {room.here.value.length}
        {elsewhere.unread.value > 0 && (
          <span class="count">
            <Icon name="messages-square" />
            {elsewhere.unread.value}
            <Unseen> {tn("room with something new", "rooms with something new", elsewhere.unread.value)}</Unseen>
          </span>
        )}
      </button>
      {pinned > 0 && (
        <button type="button" aria-current={isPinned ? "true" : undefined} onClick={() => ui.openPinned()}>
          {t("Pinned")} {pinned}
        </button>
      )}
    </nav>
  );
}
