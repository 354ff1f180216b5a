// Another group for somebody, from a list: the way without a mouse, and on a phone.

import type { JSX } from "preact";
import { t, tn } from "../i18n";
import { DialogFrame } from "../room/view/DialogFrame";
import type { Group, Place } from "./places";

interface Props {
  place: Place;
  groups: readonly Group[];
  /** Groups that are published are not proposed anew, so nobody is kept out. */
  mayKeepOut: boolean;
  /** What a button of the page would say: "move:12:5:7". */
  press: (asked: string) => void;
  close: () => void;
}

export function MoveDialog({ place, groups, mayKeepOut, press, close }: Props): JSX.Element {
  const { person, name, group: at, isKeptOut } = place;
  const first = groups.find(({ id }) => id !== at);
  return (
    <DialogFrame title={t("Move {name}", { name })} close={close}>
      <ul class="rows move-list">
        {groups.map((group) => (
          <li key={group.id} class="row nowrap">
            <span class="grow">
              <b>{group.id === 0 ? t("In no group") : t("Group {number}", { number: group.number })}</b>{" "}
              <span class="small muted">{group.id === 0 ? t("Away on this day") : tn("{n} person", "{n} people", group.size)}</span>
              {group.title !== "" && <small class="ink2">{` ${group.title}`}</small>}
            </span>
            {group.id !== at ? (
              <button class="btn small" type="button" autofocus={group === first} onClick={() => press(`move:${person}:${at}:${group.id}`)}>
                {t("Move here")}
              </button>
            ) : mayKeepOut && at !== 0 && !isKeptOut ? (
              <button class="btn small quiet" type="button" onClick={() => press(`keep_out:${person}:${at}`)}>
                {t("Keep out of this group")}
              </button>
            ) : (
              <span class="small muted">{t("Is here now")}</span>
            )}
          </li>
        ))}
      </ul>
      {mayKeepOut && at !== 0 && <p class="small ink2">{t("Who is kept out stays for now: the next proposal gives them another group.")}</p>}
    </DialogFrame>
  );
}
