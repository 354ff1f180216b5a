// rooms/events.py in TypeScript: the facts of a room's stream and the cards that its state is made of.
// Messages are known by `seq`, the number of their `message.posted`. A person is an id. Times are ISO 8601.

import type { LiveEvent } from "../live/types";

export type RoomKind = "plenary" | "topic" | "lounge";
/** "members": only its members, its institution's team, facilitators and organisers come in. */
export type Audience = "cohort" | "members";
export type RoomStateName = "open" | "read_only" | "archived";
export type ReactionKind = "agree" | "useful" | "tell_me_more";

export type InlineNode =
  | string
  | readonly ["b" | "i", ...InlineNode[]]
  | readonly ["code", string]
  | readonly ["a", string, ...InlineNode[]]
  | readonly ["br"]
  | readonly ["at", number, string];
export type ListNode = readonly ["ul" | "ol", ...ItemNode[]];
export type ItemNode = readonly ["li", ...(InlineNode | ListNode)[]];
export type BlockNode =
  | readonly ["p", ...InlineNode[]]
  | ListNode
  | readonly ["quote", ...BlockNode[]]
  | readonly ["pre", string];
/** The text of a message as nodes; null when it is plain and only line breaks count. */
export type Doc = readonly BlockNode[] | null;

export interface FileCard {
  readonly id: number;
  readonly name: string;
  readonly content_type: string;
  /** Bytes. */
  readonly size: number;
  readonly url: string;
  readonly thumbnail: string | null;
  /** Pixels, of pictures only. */
  readonly width: number | null;
  readonly height: number | null;
}

export interface RoomCard {
  readonly id: number;
  readonly name: string;
  readonly title: string;
  readonly language: string;
  readonly kind: RoomKind;
  readonly state: RoomStateName;
  /** Absent in what was written before there were members. */
  readonly audience?: Audience;
}

export interface PersonCard {
  readonly id: number;
  readonly name: string;
  readonly country: string;
  readonly institution: string;
  readonly role: string;
  readonly language: string;
  readonly picture: string | null;
  /** They may not come in, or not any more: they are in the directory for what they wrote. */
  readonly past?: boolean;
}

export interface Removal {
  readonly by: number;
  readonly at: string;
  readonly reason: string;
}

/** `excerpt` is null when the quoted message was removed. */
export interface Quote {
  readonly by: number;
  readonly excerpt: string | null;
}

export interface MessageCard {
  readonly seq: number;
  readonly by: number;
  readonly at: string;
  readonly text: string;
  readonly lang: string;
  readonly doc: Doc;
  readonly root: number | null;
  readonly quote: Quote | null;
  readonly mentions: readonly number[];
  readonly files: readonly FileCard[];
  /** kind → ids of persons, in the order in which they reacted; kinds without persons are absent. */
  readonly reactions: Readonly<Record<string, readonly number[]>>;
  readonly edited_at: string | null;
  readonly removed: Removal | null;
  readonly pinned: boolean;
  /** Counted for good: removing a reply later does not change it. */
  readonly replies: number;
  readonly last_reply_at: string | null;
}

/** `counts` go with `options`; `mine` holds the indexes of my own choice, which the log does not tell. */
export interface PollCard {
  readonly id: number;
  readonly by: number;
  readonly at: string;
  readonly question: string;
  readonly options: readonly string[];
  readonly multiple: boolean;
  readonly counts: readonly number[];
  readonly voters: number;
  readonly mine: readonly number[];
  readonly closed_at: string | null;
  /** It stands among the messages by this number; null while it is open. */
  readonly closed_seq: number | null;
}

export interface Rights {
  readonly post: boolean;
  readonly moderate: boolean;
  readonly why_not_post: string | null;
  /** False for observers, whatever the state of the room. */
  readonly post_when_open: boolean;
  readonly quiet?: Quiet | null;
}

/** Who does not write for a while; `until` is planned and may pass. */
export interface Quiet {
  readonly people: readonly number[];
  readonly kind: "listen" | "silence";
  readonly until: string | null;
}

/** The fresh state of a room for one person: the newest messages, oldest first. */
export interface RoomStateCard {
  readonly room: RoomCard;
  readonly messages: readonly MessageCard[];
  readonly has_earlier: boolean;
  /** In the order in which they were pinned. */
  readonly pinned: readonly MessageCard[];
  /** Ids of persons in the order in which they raised their hands. */
  readonly hands: readonly number[];
  /** The newest, oldest first; the last one may be open. */
  readonly polls: readonly PollCard[];
  /** A directory, no part of the log: who meets an id that is not in it asks for a fresh state. */
  readonly people: Readonly<Record<string, PersonCard>>;
  /** The seq up to which the person has seen the room. */
  readonly read: number;
  readonly me: number;
  readonly rights: Rights;
}

/** A piece of a room's history, oldest first, as it was at `head`: `GET /api/rooms/<pk>/messages/`. */
export interface MessagePage {
  readonly messages: readonly MessageCard[];
  readonly has_earlier: boolean;
  readonly has_later: boolean;
  readonly head: number;
}

export interface MessagePosted {
  readonly text: string;
  readonly lang: string;
  readonly doc: Doc;
  readonly root: number | null;
  readonly mentions: readonly number[];
  readonly files: readonly FileCard[];
  /** The first words of the root, for a reply. */
  readonly quote: Quote | null;
}

export interface MessageEdited {
  readonly message: number;
  readonly text: string;
  readonly lang: string;
  readonly doc: Doc;
  readonly mentions: readonly number[];
  /** The first words of the new text, for the quotes of its replies. */
  readonly excerpt: string;
}

export interface PollOpened {
  readonly poll: number;
  readonly question: string;
  readonly options: readonly string[];
  readonly multiple: boolean;
}

export interface PollVoted {
  readonly poll: number;
  readonly counts: readonly number[];
  readonly voters: number;
}

export type RoomEvent =
  | LiveEvent<"message.posted", MessagePosted>
  | LiveEvent<"message.edited", MessageEdited>
  | LiveEvent<"message.removed", { readonly message: number; readonly reason: string }>
  | LiveEvent<"message.language_set", { readonly message: number; readonly lang: string }>
  /** `card` is the message as it was when pinned, for who does not hold it; null once removed. */
  | LiveEvent<"message.pinned", { readonly message: number; readonly card: MessageCard | null }>
  | LiveEvent<"message.unpinned", { readonly message: number }>
  | LiveEvent<"reaction.added" | "reaction.removed", { readonly message: number; readonly kind: string }>
  | LiveEvent<"hand.raised" | "hand.lowered", { readonly person: number }>
  | LiveEvent<"poll.opened", PollOpened>
  | LiveEvent<"poll.voted", PollVoted>
  | LiveEvent<"poll.closed", { readonly poll: number }>
  /** Who may come in now. */
  | LiveEvent<"room.members_set", { readonly people: readonly number[] }>
  | LiveEvent<"room.quieted", { readonly quiet: Quiet | null }>
  | LiveEvent<"room.renamed", { readonly room: RoomCard }>
  | LiveEvent<"room.state_set", { readonly state: RoomStateName }>;

/** The data of a `message.post` command; `files` are ids of uploads. */
export interface PostData {
  readonly text: string;
  readonly root?: number | null;
  readonly lang?: string;
  readonly mentions?: readonly number[];
  readonly files?: readonly number[];
}

/** A room in the cohort's list. `unread` is counted to 100; `here`, people in it now, comes with `activity`. */
export interface ListedRoom extends RoomCard {
  readonly head: number;
  readonly unread: number;
  readonly here: number;
}

export interface CohortStateCard {
  readonly cohort: { readonly id: number; readonly name: string };
  readonly rooms: readonly ListedRoom[];
  readonly people: Readonly<Record<string, PersonCard>>;
  readonly me: number;
  readonly moderate: boolean;
}

export type CohortEvent =
  | LiveEvent<"room.opened" | "room.listed", { readonly room: RoomCard }>
  /** Of some room of members; it says no more, since everybody hears it. */
  | LiveEvent<"rooms.changed", object>;

/** What a room's parent hears, gathered to at most once a second per room. */
export interface Activity {
  readonly stream: string;
  readonly head: number;
  /** Null when the teller does not serve the room itself. */
  readonly here: number | null;
  readonly names: Readonly<Record<string, number>>;
  readonly by: readonly number[];
}

/** What a message said until it was edited. */
export interface VersionCard {
  readonly text: string;
  readonly doc: Doc;
  readonly lang: string;
  readonly until: string;
}
