// Words for the codes of a gathering.

import { t } from "../i18n";
import type { SpaceKind, Stage } from "./types";

export function stageName(stage: Stage): string {
  switch (stage) {
    case "preparing":
      return t("In preparation");
    case "opening":
      return t("Opening circle");
    case "marketplace":
      return t("Marketplace");
    case "rounds":
      return t("Rounds");
    case "converging":
      return t("Choosing what matters");
    case "closing":
      return t("Closing circle");
    case "closed":
      return t("Closed");
  }
}

export function spaceKindName(kind: SpaceKind): string {
  switch (kind) {
    case "topic":
      return t("Space for topics");
    case "plenary":
      return t("Plenary");
    case "lounge":
      return t("Lounge");
    case "quiet_room":
      return t("Quiet room");
    case "help_desk":
      return t("Help desk");
  }
}
