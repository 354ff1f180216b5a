import assert from "node:assert/strict";
import { test } from "node:test";
import { doorsOf } from "../../../static/src/room/doors";
import { keepingPeople, noteActivity, reduceCohort, unreadRooms } from "../../../static/src/room/store";
import type { Activity, CohortStateCard, ListedRoom } from "../../../static/src/room/types";
import { AT, card } from "../support/cards";

const ROOM = card([]).room;

function cohort(...rooms: Partial<ListedRoom>[]): CohortStateCard {
  const listed = rooms.map((room, index) => ({ ...ROOM, id: index + 7, head: 10, unread: 0, here: 0, ...room }));
  return { cohort: { id: 2, name: "Cohort 2" }, rooms: listed, people: {}, me: 41, moderate: false };
}

function activity(changes: Partial<Activity> = {}): Activity {
  return { stream: "room:7", head: 12, here: 4, names: { "message.posted": 2, "reaction.added": 1 }, by: [3, 5], ...changes };
}

test("messages of others in another room are unread", () => {
  const [room] = noteActivity(cohort({ unread: 1 }), activity(), null).rooms;
  assert.deepEqual([room?.unread, room?.head, room?.here], [3, 12, 4]);
});

test("mine are not, those in sight are not, reactions are not, and nothing counts twice", () => {
  assert.equal(noteActivity(cohort({}), activity({ by: [41] }), null).rooms[0]?.unread, 0);
  assert.equal(noteActivity(cohort({ unread: 4 }), activity(), 7).rooms[0]?.unread, 0);
  assert.equal(noteActivity(cohort({}), activity({ names: { "reaction.added": 5 } }), null).rooms[0]?.unread, 0);
  const once = noteActivity(cohort({}), activity(), null);
  assert.equal(noteActivity(once, activity({ here: 9 }), null).rooms[0]?.unread, 2);
  assert.equal(noteActivity(once, activity({ here: 9 }), null).rooms[0]?.here, 9);
});

test("the count stops where the server's does", () => {
  assert.equal(noteActivity(cohort({ unread: 99 }), activity(), null).rooms[0]?.unread, 100);
});

test("rooms that are new or changed", () => {
  const room = { ...ROOM, id: 9, title: "Later" };
  const stamp = { seq: 1, at: AT, by: 3, data: { room } };
  const opened = reduceCohort(cohort({}), { ...stamp, name: "room.opened" });
  assert.deepEqual(opened.rooms.map(({ id, unread }) => [id, unread]), [[7, 0], [9, 0]]);
  const listed = reduceCohort(cohort({ id: 9, unread: 3 }), { ...stamp, name: "room.listed" });
  assert.deepEqual(listed.rooms.map(({ id, title, unread }) => [id, title, unread]), [[9, "Later", 3]]);
});

test("the title counts rooms, not messages", () => {
  assert.equal(unreadRooms(cohort({ unread: 3 }, { unread: 1 }, {})), 2);
});

test("a fresh state keeps how many people are where", () => {
  const before = cohort({ here: 4 }, { here: 2 });
  assert.deepEqual(keepingPeople(before, cohort({}, {}, {})).rooms.map(({ here }) => here), [4, 2, 0]);
  assert.deepEqual(keepingPeople(null, cohort({})).rooms.map(({ here }) => here), [0]);
});

test("the doors of members' rooms: one by one for a member, all together for moderators", () => {
  const state = cohort({}, { audience: "members" }, { audience: "members", state: "archived" });
  assert.deepEqual(doorsOf(state), ["door:8"]);
  assert.deepEqual(doorsOf({ ...state, moderate: true }), ["moderators:2"]);
  assert.deepEqual(doorsOf(cohort({})), []);
  assert.deepEqual(doorsOf({ ...cohort({}), moderate: true }), []);
});
