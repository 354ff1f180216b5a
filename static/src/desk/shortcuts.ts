// Which key does what.

import { t } from "../i18n";
import { doings } from "./doings";
import type { DeskPage } from "./view/context";

export interface Shortcut {
  readonly key: string;
  readonly words: string;
}

export function shortcuts(): Shortcut[] {
  return [
    { key: "n", words: t("What comes next: the stage or the round") },
    { key: "g", words: t("Ring the gong") },
    { key: "+", words: t("Give the round 5 minutes more") },
    { key: "e", words: t("End the round") },
    { key: "r", words: t("To the rooms") },
    { key: "c", words: t("To the calls for help") },
    { key: "s", words: t("Say it to everyone") },
    { key: "h", words: t("Help someone to a room") },
    { key: "?", words: t("This list") },
  ];
}

const PLACES: Readonly<Record<string, string>> = {
  r: "[data-place=rooms] a",
  c: "[data-place=calls] :is(button, a, h2)",
  s: "[data-place=say] textarea",
  h: "[data-place=door] select",
};

/** Whether the key means something now. */
export function pressed(key: string, { gathering, signals, ui }: DeskPage): boolean {
  if (key === "?") {
    ui.isShowingKeys.value = true;
    return true;
  }
  const place = PLACES[key];
  if (place !== undefined) return focus(place);
  const { state, time } = gathering;
  const doing = doings(state.value, signals.here.value.size, time.now.value).find((each) => each.key === key);
  if (doing === undefined) return false;
  ui.begin(doing);
  return true;
}

function focus(selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector);
  found?.focus();
  return found !== null;
}
