// Which way this browser uses now.

import { t } from "../i18n";
import type { ConnectionStatus } from "../live/types";

export function nowInWords({ phase, way, trouble }: ConnectionStatus): string {
  if (phase === "live" && way === "websocket") return t("In use now: the live connection (WebSocket).");
  if (phase === "live") return t("In use now: the slower way (long polling). Synergy tries the live connection again by itself.");
  if (trouble === "signed_out") return t("In use now: nothing. You are signed out.");
  if (trouble === "too_many_tabs") return t("In use now: nothing. Synergy is open in too many tabs.");
  return phase === "waiting" ? t("In use now: nothing. Synergy tries again by itself.") : t("Synergy connects…");
}
