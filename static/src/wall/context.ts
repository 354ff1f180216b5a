import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Gong } from "../openspace/gong";
import type { GatheringModel } from "../openspace/model";
import type { WallUi } from "./ui";

export interface WallPage {
  readonly gathering: GatheringModel;
  readonly ui: WallUi;
  readonly gong: Gong;
  /** Where one's own points are read. */
  readonly votesUrl: string;
  /** Tries the connection now. */
  readonly retry: () => void;
  /** Opens another page; a test looks where to. */
  readonly visit: (url: string) => void;
}

export const PageContext = createContext<WallPage | null>(null);

export function useWall(): WallPage {
  const page = useContext(PageContext);
  if (page === null) throw new Error("outside of a wall");
  return page;
}
