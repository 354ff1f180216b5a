// Asking for a facilitator, and seeing that somebody is coming.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../i18n";
import { usePage } from "../view/context";
import { DialogFrame } from "../view/DialogFrame";
import { filled } from "../view/filled";
import { Icon, Name } from "../view/marks";
import { useGathering, usePlace } from "./context";

const LONGEST = 300;

export function Facilitator(): JSX.Element | null {
  const { ui } = usePage();
  const place = usePlace();
  const { rights } = place.gathering;
  const call = place.myCall.value;
  if (call !== null) return <Waiting />;
  if (!rights.value.take_part || rights.value.facilitate) return null;
  return (
    <button class="btn block" type="button" onClick={() => (ui.dialog.value = { kind: "call" })}>
      <Icon name="bell" />
      {t("Ask for the facilitator")}
    </button>
  );
}

function Waiting(): JSX.Element | null {
  const place = usePlace();
  const call = place.myCall.value;
  if (call === null) return null;
  const helper = call.taken_by === null ? undefined : place.gathering.people.value[call.taken_by];
  return (
    <section class="my-call" role="status">
      <p class="small">
        <Icon name="bell-ring" />{" "}
        {call.state === "taken"
          ? filled(t("{name} is coming to you."), {
              name: (
                <b>
                  <Name person={helper} />
                </b>
              ),
            })
          : t("You have asked for the facilitator. Somebody will come.")}
      </p>
      <button class="btn quiet small" type="button" onClick={() => place.closeCall(call.id)}>
        {call.state === "taken" ? t("Thank you, it is solved") : t("I do not need help any more")}
      </button>
    </section>
  );
}

export function CallDialog(): JSX.Element {
  const { ui } = usePage();
  const place = usePlace();
  const complaint = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const call = async (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy.value) return;
    isBusy.value = true;
    const text = String(new FormData(event.currentTarget).get("text") ?? "").trim();
    const dialog = ui.dialog.peek();
    const isOpen = () => ui.dialog.peek() === dialog;
    complaint.value = await place.callFacilitator(text, isOpen);
    isBusy.value = false;
    if (complaint.value === null && isOpen()) ui.closeDialog();
  };
  return (
    <DialogFrame title={t("Ask for the facilitator")} close={() => ui.closeDialog()}>
      <form class="stack" onSubmit={(event) => void call(event)}>
        <div class="field">
          <label for="call-text">{t("What is it about? You may leave this empty.")}</label>
          <input class="in" id="call-text" name="text" dir="auto" maxLength={LONGEST} autocomplete="off" />
        </div>
        <p class="bad-t" role="alert">
          {complaint.value}
        </p>
        <button class="btn main" type="submit" aria-busy={isBusy.value}>
          {t("Ask for help")}
        </button>
      </form>
    </DialogFrame>
  );
}

export function GongButton(): JSX.Element | null {
  const page = useGathering();
  if (page === null) return null;
  const isOn = !page.gong.isMuted.value;
  return (
    <button class="btn quiet small" type="button" onClick={() => page.gong.setMuted(isOn)}>
      <Icon name="bell" />
      {isOn ? t("Turn the gong off") : t("Turn the gong on")}
    </button>
  );
}
