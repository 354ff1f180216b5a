import type { JSX } from "preact";
import { DialogFrame } from "../../room/view/DialogFrame";
import { usePage } from "./context";

/** Asked before something that cannot easily be taken back. */
export function QuestionDialog(): JSX.Element | null {
  const { ui } = usePage();
  const asked = ui.asked.value;
  if (asked === null) return null;
  const { question, run } = asked;
  const close = () => (ui.asked.value = null);
  const go = () => {
    close();
    void ui.do(run);
  };
  return (
    <DialogFrame title={question.title} close={close} isDanger={question.isDanger ?? false}>
      <p>{question.text}</p>
      {question.open !== undefined && question.open.length > 0 && (
        <ul>
          {question.open.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      <div class="row">
        <button class={`btn ${question.isDanger ? "danger" : "main"}`} type="button" onClick={go}>
          {question.yes}
        </button>
        <button class="btn quiet" type="button" onClick={close}>
          {question.no}
        </button>
      </div>
    </DialogFrame>
  );
}
