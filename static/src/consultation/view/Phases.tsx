// The steps in their order; what takes longest is widest. The step that is on is brought into view.

import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { Icon, Unseen } from "../../room/view/marks";
import { lengthOf } from "../clock";
import { useConsultation } from "../context";
import { lengthName } from "../words";

export function Phases(): JSX.Element {
  const { run, protocol } = useConsultation().consultation.state.value;
  const list = useRef<HTMLOListElement>(null);
  const longest = Math.max(...protocol.phases.map(lengthOf));
  const isOn = run.state === "running" || run.state === "paused";
  useEffect(() => {
    const [steps, now] = [list.current, list.current?.querySelector<HTMLElement>("[aria-current]")];
    if (steps && now) steps.scrollLeft = now.offsetLeft - (steps.clientWidth - now.clientWidth) / 2;
  }, [run.phase, isOn]);
  return (
    <ol class="phases" aria-label={t("Steps")} tabIndex={0} ref={list}>
      {protocol.phases.map((phase, at) => {
        const isDone = (run.state === "finished" && run.started_at !== null && at <= run.phase) || (isOn && at < run.phase);
        const isNow = isOn && at === run.phase;
        return (
          <li
            key={phase.key}
            class={lengthOf(phase) === longest ? "long" : undefined}
            aria-current={isNow ? "step" : undefined}
            data-state={isDone ? "done" : isNow ? "now" : ""}
          >
            <span>
              {isDone ? <Icon name="check" /> : at + 1}
              {isDone && <Unseen>{t("done")}</Unseen>}
            </span>
            <b>
              <bdi>{phase.name}</bdi>
            </b>
            <small>{lengthName(phase)}</small>
          </li>
        );
      })}
    </ol>
  );
}
