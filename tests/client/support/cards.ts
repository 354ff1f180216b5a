// A small room, and events for it.

import type { MessageCard, MessagePage, RoomEvent, RoomStateCard } from "../../../static/src/room/types";

export const ME = 41;
export const AT = "2022-02-08T10:00:00Z";

export function message(seq: number, changes: Partial<MessageCard> = {}): MessageCard {
  return {
    seq,
    by: 3,
    at: AT,
    text: `Message ${seq}`,
    lang: "en",
    doc: null,
    root: null,
    quote: null,
    mentions: [],
    files: [],
    reactions: {},
    edited_at: null,
    removed: null,
    pinned: false,
    replies: 0,
    last_reply_at: null,
    ...changes,
  };
}

export function card(messages: readonly MessageCard[], changes: Partial<RoomStateCard> = {}): RoomStateCard {
  const person = { name: "", country: "LV", institution: "", language: "lv", picture: null };
  return {
    room: { id: 7, name: "Amber", title: "Why?", language: "en", kind: "topic", state: "open" },
    messages,
    has_earlier: false,
    pinned: [],
    hands: [],
    polls: [],
    people: { 3: { ...person, id: 3, role: "participant" }, 41: { ...person, id: 41, role: "facilitator" } },
    read: 0,
    me: ME,
    rights: { post: true, moderate: true, why_not_post: null, post_when_open: true },
    ...changes,
  };
}

export function page(messages: readonly MessageCard[], head: number, changes: Partial<MessagePage> = {}): MessagePage {
  return { messages, has_earlier: false, has_later: false, head, ...changes };
}

type Name = RoomEvent["name"];
type DataOf<N extends Name> = RoomEvent extends infer Each
  ? Each extends { name: infer Names; data: infer Data }
    ? N extends Names
      ? Data
      : never
    : never
  : never;

export function event<N extends Name>(seq: number, name: N, data: DataOf<N>, by = 3, at = AT): RoomEvent {
  return { seq, name, at, by, data } as unknown as RoomEvent;
}

export function posted(seq: number, changes: Partial<DataOf<"message.posted">> = {}, by = 3, at = AT): RoomEvent {
  const data = { text: `Message ${seq}`, lang: "en", doc: null, root: null, mentions: [], files: [], quote: null };
  return event(seq, "message.posted", { ...data, ...changes }, by, at);
}
