// Who may speak in this step, with the part of each.

import type { JSX } from "preact";
import { compareNames, t } from "../../i18n";
import { Avatar, Icon, Name, Unseen } from "../../room/view/marks";
import { useConsultation } from "../context";
import { partOf } from "../rights";
import type { ConsultationCard, PartName, PhaseCard } from "../types";
import { PARTS, partName, phaseOf } from "../words";

export function Speakers(): JSX.Element {
  const { consultation } = useConsultation();
  const card = consultation.state.value;
  const isOn = card.run.state === "running" || card.run.state === "paused";
  const phase = isOn ? phaseOf(card) : undefined;
  const here = new Set(consultation.here.value);
  return (
    <section class="stack s">
      <h3 id="speak-h">{!isOn ? t("Who takes part") : card.protocol.is_asynchronous ? t("Who may write") : t("Who may speak")}</h3>
      <ul class="who-s" aria-labelledby="speak-h">
        {peopleOf(card).map(([id, part]) => {
          const [speaks, icon, text] = phase === undefined ? [false, "", ""] : card.protocol.is_asynchronous ? writing(phase, part) : speaking(phase, part, card.run.is_silent);
          return (
            <li key={id} class={phase !== undefined && !speaks ? "off" : "on"}>
              <Avatar person={card.people[id]} size="s" away={!here.has(id)} />
              <span class="grow">
                <Name person={card.people[id]} />
                {id === card.me && <span class="muted"> {t("(you)")}</span>}
                {part !== "peer" && <small class="muted"> {partName(part)}</small>}
                {!here.has(id) && <Unseen>, {t("not here now")}</Unseen>}
              </span>
              {text !== "" && (
                <span class={speaks ? "badge info" : "badge"}>
                  <Icon name={icon} />
                  {text}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** [whether they may speak, icon, word] */
function speaking({ speaks, listening }: PhaseCard, part: PartName, isSilent: boolean): [boolean, string, string] {
  if (part === "observer") return [false, "eye", t("observes")];
  if (part === "facilitator") return [true, "messages-square", t("leads")];
  const isGiver = part === "case_giver";
  if (speaks === "nobody" || isSilent) return [false, isGiver && listening !== "" ? "ear" : "pencil", isGiver && listening !== "" ? t("listens") : t("silent")];
  const mayDo = speaks === "everybody" || (speaks === "case_giver") === isGiver;
  return mayDo ? [true, "mic", t("may speak")] : [false, "ear", t("listens")];
}

/** The same where all is done in writing. */
function writing({ speaks }: PhaseCard, part: PartName): [boolean, string, string] {
  if (part === "observer") return [false, "eye", t("observes")];
  if (part === "facilitator") return [true, "messages-square", t("leads")];
  const mayDo = speaks === "everybody" || (speaks === "case_giver") === (part === "case_giver");
  return mayDo && speaks !== "nobody" ? [true, "pencil", t("may write")] : [false, "book-open", t("reads")];
}

/** Those of the group and those with a part, by part and name. */
export function peopleOf(card: ConsultationCard): readonly (readonly [number, PartName])[] {
  const ids = new Set([...(card.run.state === "finished" ? [] : card.members), ...card.parts.map(({ id }) => id)]);
  const name = (id: number) => card.people[id]?.name ?? "";
  return [...ids]
    .map((id) => [id, partOf(card, id) ?? "peer"] as const)
    .sort(([one, first], [other, second]) => PARTS.indexOf(first) - PARTS.indexOf(second) || compareNames(name(one), name(other)));
}
