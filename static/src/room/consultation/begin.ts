// Brings a group's room together with its consultation.

import type { Live } from "../../live/protocol";
import type { ConsultationPage } from "../../consultation/context";
import { ConsultationModel } from "../../consultation/model";
import { watchNews } from "../../consultation/news";
import type { ConsultationCard } from "../../consultation/types";
import { ConsultationUi } from "../../consultation/ui";
import type { Ui } from "../ui";

/** Null for a room in which no group consults. */
export function beginConsultation(live: Live, root: HTMLElement, storage: Storage | null): ConsultationPage | null {
  const text = document.getElementById("companion-state")?.textContent;
  if (!text || !root.dataset["companion"]?.startsWith("consultation:")) return null;
  const card = JSON.parse(text) as ConsultationCard;
  const consultation = new ConsultationModel(live, card, Number(root.dataset["companionHead"]), storage);
  return { consultation, ui: new ConsultationUi(), storage, retry: () => live.retryNow() };
}

/** After the page is drawn. */
export function watchConsultation({ consultation }: ConsultationPage, ui: Ui): void {
  consultation.time.start();
  watchNews(consultation, (text) => (ui.spoken.value = text));
}
