import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ConsultationModel } from "./model";
import type { ConsultationUi } from "./ui";

export interface ConsultationPage {
  readonly consultation: ConsultationModel;
  readonly ui: ConsultationUi;
  /** For what is begun; null when the browser forbids it. */
  readonly storage: Storage | null;
  /** Tries the connection now. */
  readonly retry: () => void;
}

export const PageContext = createContext<ConsultationPage | null>(null);

/** Null where there is none: in a room in which no group consults. */
export function usePossibleConsultation(): ConsultationPage | null {
  return useContext(PageContext);
}

export function useConsultation(): ConsultationPage {
  const page = useContext(PageContext);
  if (page === null) throw new Error("outside of a consultation");
  return page;
}
