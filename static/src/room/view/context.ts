import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { UploadPlace } from "../composing/uploads";
import type { Elsewhere } from "../elsewhere";
import type { RoomModel } from "../model";
import type { Ui } from "../ui";

export interface RoomPage {
  readonly room: RoomModel;
  readonly ui: Ui;
  readonly elsewhere: Elsewhere;
  /** For drafts; null when the browser forbids it. */
  readonly storage: Storage | null;
  readonly uploadPlace: UploadPlace;
  /** Where the way back leads, and who may come in where that has words of its own; the list of rooms when null. */
  readonly back: { readonly address: string; readonly name: string; readonly who: string } | null;
  /** Tries the connection now. */
  readonly retry: () => void;
}

export const PageContext = createContext<RoomPage | null>(null);

export function usePage(): RoomPage {
  const page = useContext(PageContext);
  if (page === null) throw new Error("outside of a room");
  return page;
}
