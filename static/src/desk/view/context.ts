import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Gong } from "../../openspace/gong";
import type { GatheringModel } from "../../openspace/model";
import type { Keys } from "../keys";
import type { DeskSignals } from "../signals";
import type { Talk } from "../talk";
import type { Ui } from "../ui";

/** Addresses of pages about the gathering. */
export interface Links {
  readonly wall: string;
  readonly projector: string;
  readonly prepare: string;
  readonly proceedings: string;
}

export interface DeskPage {
  readonly gathering: GatheringModel;
  readonly talk: Talk;
  readonly signals: DeskSignals;
  readonly ui: Ui;
  readonly keys: Keys;
  readonly gong: Gong;
  readonly links: Links;
  /** Tries the connection now. */
  readonly retry: () => void;
}

export const PageContext = createContext<DeskPage | null>(null);

export function usePage(): DeskPage {
  const page = useContext(PageContext);
  if (page === null) throw new Error("outside of a desk");
  return page;
}
