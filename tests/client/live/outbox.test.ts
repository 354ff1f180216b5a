import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox, OutboxFull } from "../../../static/src/live/outbox";
import { FakeStorage, Surroundings } from "../support/surroundings";

const POST = { stream: "room:7", name: "message.post", data: { text: "Sveiki" }, after: 5, keep: true, show: null };
const DAY = 24 * 3600 * 1000;

function outboxOf(person: number, storage = new FakeStorage()) {
  const world = new Surroundings(storage);
  return { world, storage, outbox: new Outbox(person, world.ports) };
}

test("another person on the computer sees nothing of it", () => {
  const { outbox, storage } = outboxOf(41);
  outbox.add(POST);
  assert.equal(outboxOf(41, storage).outbox.items().length, 1);
  assert.deepEqual(outboxOf(4, storage).outbox.items(), []);
  assert.deepEqual(outboxOf(410, storage).outbox.items(), []);
});

test("a reload keeps words, order, what the page shows and why it was not sent", () => {
  const { outbox, storage } = outboxOf(41);
  const first = outbox.add({ ...POST, show: { files: [{ id: 3 }] } });
  const second = outbox.add({ ...POST, data: { text: "2" } });
  outbox.markSending(first.id);
  outbox.markNotSent(second.id, { code: "forbidden", detail: "No." });
  const items = outboxOf(41, storage).outbox.items();
  assert.deepEqual(items, [
    { ...first, state: "waiting" },
    { ...second, state: "not_sent", refusal: { code: "forbidden", detail: "No." } },
  ]);
});

test("what is committed leaves the storage at once", () => {
  const { outbox, storage } = outboxOf(41);
  const { id } = outbox.add(POST);
  assert.equal(storage.map.size, 1);
  outbox.markSending(id);
  outbox.markSent(id, 6);
  assert.equal(storage.map.size, 0);
  assert.equal(outbox.items().length, 1);
  outbox.settle("room:7", 5);
  assert.equal(outbox.items().length, 1);
  outbox.settle("room:7", 6);
  assert.equal(outbox.items().length, 0);
});

test("what is older than a day asks before it is sent, what is older than two weeks is forgotten", () => {
  const { outbox, storage } = outboxOf(41);
  outbox.add(POST);
  const later = new Surroundings(storage);
  void later.clock.pass(0);
  const at = later.clock.now();
  later.ports.clock.now = () => at + DAY + 1000;
  const [old] = new Outbox(41, later.ports).items();
  assert.deepEqual([old?.state, old?.refusal], ["not_sent", null]);
  later.ports.clock.now = () => at + 15 * DAY;
  assert.deepEqual(new Outbox(4, later.ports).items(), []);
  assert.equal(storage.map.size, 0);
});

test("what waited for more than a day in an open page is not sent by itself, what came after it is", () => {
  const { outbox, world } = outboxOf(41);
  const old = outbox.add(POST);
  const at = world.clock.now();
  world.ports.clock.now = () => at + DAY + 1000;
  const fresh = outbox.add(POST);
  assert.equal(outbox.next("room:7")?.id, fresh.id);
  assert.equal(outbox.item(old.id)?.state, "not_sent");
});

test("what was for its moment is not sent after a reload", () => {
  const { outbox, storage } = outboxOf(41);
  outbox.add({ ...POST, isForNow: true });
  assert.deepEqual(outboxOf(41, storage).outbox.items(), []);
  assert.equal(storage.map.size, 0);
});

test("it is bounded", () => {
  const { outbox } = outboxOf(41);
  for (let count = 0; count < 100; count += 1) outbox.add(POST);
  assert.throws(() => outbox.add(POST), OutboxFull);
});

test("a full or forbidden storage costs only the reload", () => {
  const storage = new FakeStorage();
  storage.isBroken = true;
  const { outbox } = outboxOf(41, storage);
  const { id } = outbox.add(POST);
  outbox.markSending(id);
  assert.equal(outbox.items()[0]?.state, "sending");
  const world = new Surroundings();
  assert.equal(new Outbox(41, { ...world.ports, storage: null }).add(POST).state, "waiting");
});

test("what another tab sent or deleted is not sent here, what is under way here stays", () => {
  const { outbox, world } = outboxOf(41);
  const first = outbox.add(POST);
  const second = outbox.add(POST);
  outbox.markSending(second.id);
  world.otherTab(`synergy.outbox.41.${first.id}`, null);
  world.otherTab(`synergy.outbox.41.${second.id}`, null);
  world.otherTab("synergy.outbox.4.x", null);
  assert.deepEqual(outbox.items().map((item) => item.id), [second.id]);
});

test("rubbish in the storage is cleared away", () => {
  const storage = new FakeStorage();
  storage.setItem("synergy.outbox.41.a", "{");
  storage.setItem("synergy.outbox.41.b", '{"v":2}');
  storage.setItem("another.program", "kept");
  assert.deepEqual(outboxOf(41, storage).outbox.items(), []);
  assert.deepEqual([...storage.map.keys()], ["another.program"]);
});

test("its listeners hear of every change", () => {
  const { outbox } = outboxOf(41);
  let heard = 0;
  const stop = outbox.onChange(() => (heard += 1));
  const { id } = outbox.add(POST);
  outbox.markSending(id);
  outbox.drop(id);
  stop();
  outbox.add(POST);
  assert.equal(heard, 3);
});
