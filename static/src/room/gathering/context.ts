import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Live } from "../../live/protocol";
import type { Gong } from "../../openspace/gong";
import type { Place } from "./place";

export interface GatheringPage {
  readonly live: Live;
  readonly place: Place;
  readonly gong: Gong;
}

/** Null in a room that is no space of a gathering. */
export const GatheringContext = createContext<GatheringPage | null>(null);

export function useGathering(): GatheringPage | null {
  return useContext(GatheringContext);
}

/** For what is drawn only where there is a gathering. */
export function usePlace(): Place {
  const page = useContext(GatheringContext);
  if (page === null) throw new Error("outside of a gathering");
  return page.place;
}
