// In the bar, when live messages take the slower way.

import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../i18n";
import type { ConnectionStatus } from "../../live/types";
import { Icon } from "./marks";

export function ConnectionMark({ status }: { status: ReadonlySignal<ConnectionStatus> }): JSX.Element | null {
  const { phase, way } = status.value;
  if (phase !== "live" || way !== "polling") return null;
  return (
    <a class="badge info" href="/connection/">
      <Icon name="wifi" />
      {t("Slower connection")}
    </a>
  );
}
