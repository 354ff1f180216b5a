// The notes and the report among the parts of a narrow window.

import type { JSX } from "preact";
import { t } from "../../i18n";
import { usePage } from "../view/context";
import { useGathering } from "./context";

export function PaperParts(): JSX.Element | null {
  const page = useGathering();
  const { ui } = usePage();
  const topic = page?.place.topic.value;
  if (topic === undefined) return null;
  const show = (kind: "notes" | "report") => {
    ui.restOn({ kind });
    ui.part.value = "panel";
  };
  const isShown = (kind: "notes" | "report") => ui.part.value === "panel" && ui.panel.value?.kind === kind;
  return (
    <>
      {topic.notes !== null && (
        <button type="button" aria-current={isShown("notes") ? "true" : undefined} onClick={() => show("notes")}>
          {t("Notes")}
        </button>
      )}
      <button type="button" aria-current={isShown("report") ? "true" : undefined} onClick={() => show("report")}>
        {t("Report")}
      </button>
    </>
  );
}
