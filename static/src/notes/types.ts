// rooms/notes/events.py in TypeScript. Updates and documents are Yjs updates in base64.

import type { LiveEvent } from "../live/types";
import type { PersonCard, RoomStateName } from "../room/types";

export interface NotesCard {
  readonly id: number;
  readonly title: string;
  readonly room: number;
  /** That of the room. */
  readonly state: RoomStateName;
}

export interface NotesRights {
  readonly post: boolean;
  readonly why_not_post: string | null;
  /** False for observers, whatever the state of the room. */
  readonly post_when_open: boolean;
}

export interface NotesStateCard {
  readonly notes: NotesCard;
  /** One update that makes all of the text. */
  readonly document: string;
  readonly rights: NotesRights;
  /** A directory, no part of the log. */
  readonly people: Readonly<Record<string, PersonCard>>;
  readonly me: number;
}

export type NotesEvent =
  | LiveEvent<"notes.updated", { readonly update: string }>
  | LiveEvent<"notes.renamed", { readonly title: string }>
  | LiveEvent<"notes.state_set", { readonly state: RoomStateName }>;
