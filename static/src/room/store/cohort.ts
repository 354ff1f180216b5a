// The cohort's list of rooms: what is unread, and how many people are where.

import type { Activity, CohortEvent, CohortStateCard, ListedRoom, RoomCard } from "../types";

export type CohortState = CohortStateCard;

/** As the server counts; shown as "99+". */
const UNREAD_LIMIT = 100;

export function reduceCohort(state: CohortState, event: CohortEvent): CohortState {
  switch (event.name) {
    case "room.opened":
    case "room.listed":
      return withRoom(state, event.data.room);
    default:
      return state;
  }
}

/**
 * Something happened in a room. What the person wrote themselves is not unread, nor is what happens in the
 * room with the id `inSight`. Activity that is already counted changes only the number of people.
 */
export function noteActivity(state: CohortState, activity: Activity, inSight: number | null): CohortState {
  return changeRoom(state, roomOf(activity.stream), (room) => {
    const isNew = activity.head > room.head && room.id !== inSight && activity.by.some((id) => id !== state.me);
    // What a fresh state has counted already is not counted again.
    const posts = Math.min(activity.names["message.posted"] ?? 0, activity.head - room.head);
    return {
      here: activity.here ?? room.here,
      head: Math.max(room.head, activity.head),
      unread: room.id === inSight ? 0 : Math.min(UNREAD_LIMIT, room.unread + (isNew ? posts : 0)),
    };
  });
}

/** A fresh state does not tell how many people are where: they stay as they were, until the next activity. */
export function keepingPeople(before: CohortState | null, fresh: CohortState): CohortState {
  const here = new Map(before?.rooms.map((room) => [room.id, room.here]));
  return { ...fresh, rooms: fresh.rooms.map((room) => ({ ...room, here: here.get(room.id) ?? room.here })) };
}

/** How many rooms have something unread: the number in the page's title. */
export function unreadRooms(state: CohortState): number {
  return state.rooms.filter((room) => room.unread > 0).length;
}

function roomOf(stream: string): number {
  return Number(stream.split(":")[1]);
}

function changeRoom(state: CohortState, id: number, changes: (room: ListedRoom) => Partial<ListedRoom>): CohortState {
  return { ...state, rooms: state.rooms.map((room) => (room.id === id ? { ...room, ...changes(room) } : room)) };
}

function withRoom(state: CohortState, card: RoomCard): CohortState {
  if (state.rooms.some((room) => room.id === card.id)) return changeRoom(state, card.id, () => card);
  return { ...state, rooms: [...state.rooms, { ...card, head: 0, unread: 0, here: 0 }] };
}
