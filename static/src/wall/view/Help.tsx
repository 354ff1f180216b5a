// Asking for a facilitator, from wherever one is.

import type { JSX } from "preact";
import { t } from "../../i18n";
import { Icon } from "../../room/view/marks";
import { useWall } from "../context";

export function Help(): JSX.Element | null {
  const { gathering, ui } = useWall();
  const { take_part, facilitate } = gathering.rights.value;
  if (!take_part || facilitate) return null;
  const call = gathering.calls.value.find(({ by }) => by === gathering.me);
  const ask = async () => {
    const answer = await gathering.commands.do("call.make", { text: "" }, { isQuiet: true });
    if (answer.isDone) return;
    // It is asked again with one press: no copy waits for being sent.
    if (answer.id !== null) gathering.commands.discard(answer.id);
    ui.say(answer.refusal.detail);
  };
  if (call === undefined) {
    return (
      <button class="btn small no-print" type="button" onClick={() => void ask()}>
        <Icon name="hand" />
        {t("Ask for a facilitator")}
      </button>
    );
  }
  const name = gathering.people.value[call.taken_by ?? 0]?.name ?? "";
  return (
    <div class="note" role="status">
      <Icon name="hand" />
      <div>
        <p>{call.state === "taken" ? t("{name} is on the way.", { name }) : t("The facilitators see that you ask for help.")}</p>
        <button class="link-btn" type="button" onClick={() => void gathering.commands.do("call.close", { call: call.id })}>
          {t("No longer needed")}
        </button>
      </div>
    </div>
  );
}
