// A way for frames to travel: the WebSocket, or plain HTTP that behaves like one. A carrier is used once:
// it connects, says `hello`, carries, and goes down.

import type { ClientFrame, ServerFrame, Trouble, Way } from "./types";

export interface Carrier {
  readonly way: Way;
  /** False when the frame cannot travel this way or not now; nothing is kept for later. */
  send(frame: ClientFrame): boolean;
  /** The surroundings may have changed: find out soon whether the other end is still there. */
  check(): void;
  /** Whether the person has the page before their eyes. */
  attend(isVisible: boolean): void;
  /** Ends it, without `down`. */
  close(): void;
}

export interface CarrierEvents {
  frame(frame: ServerFrame): void;
  /** Once, and nothing after it. */
  down(trouble: Trouble): void;
}

/** Where the doors are. `probe` is that of synergy/live/connection.py. */
export interface Doors {
  readonly socket: string;
  readonly streams: string;
  readonly probe: string;
}

export const SITE_DOORS: Doors = { socket: "/ws/live/", streams: "/api/streams/", probe: "/connection/probe/" };
