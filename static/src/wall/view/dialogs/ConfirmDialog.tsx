// Asked before it is done: withdrawing, leaving and taking over a topic.

import type { JSX } from "preact";
import { t } from "../../../i18n";
import type { TopicCard } from "../../../openspace/types";
import { DialogFrame } from "../../../room/view/DialogFrame";
import { useWall } from "../../context";

type Kind = "withdraw" | "leave" | "adopt";

interface Words {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
  readonly done: string;
}

export function ConfirmDialog({ kind, id }: { kind: Kind; id: number }): JSX.Element | null {
  const { gathering, ui } = useWall();
  const topic = gathering.topic(id).value;
  if (topic === undefined) return null;
  const words = wordsOf(kind, topic, gathering.me);
  const run = async () => {
    const dialog = ui.dialog.peek();
    const answer = await gathering.commands.do(`topic.${kind}`, { topic: id });
    if (!answer.isDone) return;
    ui.closeOnly(dialog);
    ui.say(words.done);
  };
  return (
    <DialogFrame title={words.title} close={() => ui.close()} isDanger={kind === "withdraw"}>
      <p>
        <b lang={topic.language}>{topic.title}</b>
      </p>
      <p>{words.text}</p>
      <div class="row">
        <button class={kind === "withdraw" ? "btn danger" : "btn main"} type="button" onClick={() => void run()}>
          {words.yes}
        </button>
        <button class="btn quiet" type="button" autofocus onClick={() => ui.close()}>
          {words.no}
        </button>
      </div>
    </DialogFrame>
  );
}

function wordsOf(kind: Kind, topic: TopicCard, me: number): Words {
  switch (kind) {
    case "withdraw":
      return {
        title: t("Withdraw this topic?"),
        text:
          topic.interested.length > 0
            ? t("It leaves the wall for everybody, also for those who are interested. If you only cannot come, leave it to somebody else.")
            : t("It leaves the wall for everybody. If you only cannot come, leave it to somebody else."),
        yes: t("Withdraw topic"),
        no: t("Keep it"),
        done: t("The topic is withdrawn."),
      };
    case "leave":
      if (topic.convener !== me) {
        return {
          title: t("Stop convening this topic?"),
          text: t("The topic stays on the wall where it is. You do not convene it any more."),
          yes: t("Stop convening"),
          no: t("Cancel"),
          done: t("You do not convene this topic any more."),
        };
      }
      return {
        title: t("Leave this topic to somebody else?"),
        text: t("It stays on the wall where it is and looks for a convener. Anybody can take it over."),
        yes: t("Leave it"),
        no: t("Keep it"),
        done: t("The topic looks for a convener now."),
      };
    case "adopt":
      return {
        title: t("Take this topic over?"),
        text: t("You convene it: you begin the talk and see that there is a report."),
        yes: t("Take it over"),
        no: t("Cancel"),
        done: t("You convene this topic now."),
      };
  }
}
