import assert from "node:assert/strict";
import { test } from "node:test";
import { Live } from "../../../static/src/live/protocol";
import { CommandRefused } from "../../../static/src/live/sender";
import type { Follower } from "../../../static/src/live/stream";
import type { LiveEvent } from "../../../static/src/live/types";
import { FakeStorage, hello, ME, settle, Surroundings } from "../support/surroundings";

const ROOM = "room:7";

class Page implements Follower {
  readonly log: unknown[] = [];
  seqs: number[] = [];
  people: readonly number[] = [];
  readonly signals: unknown[] = [];
  readonly phases: string[] = [];

  renew(state: unknown, head: number): void {
    this.log.push(["renew", state, head]);
    this.seqs = [];
  }
  apply(events: readonly LiveEvent[]): void {
    this.seqs.push(...events.map((event) => event.seq));
  }
  here(people: readonly number[]): void {
    this.people = people;
  }
  signal(name: string, by: number | null, data: unknown): void {
    this.signals.push([name, by, data]);
  }
  phase(phase: string): void {
    this.phases.push(phase);
  }
}

function connected(storage?: FakeStorage) {
  const world = new Surroundings(storage);
  const live = new Live(ME, world.ports);
  const page = new Page();
  const room = live.follow(ROOM, page);
  live.start();
  world.socket.say(hello(world.clock));
  return { world, live, page, room };
}

function opened(head: number, state: unknown = { head }, here: number[] = []): object {
  return { op: "opened", stream: ROOM, head, state, here };
}

function events(from: number, to: number): object {
  const seqs = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const list = seqs.map((seq) => ({ seq, name: "message.posted", at: "2022-02-08T10:00:00Z", by: 3, data: { text: `${seq}` } }));
  return { op: "events", stream: ROOM, events: list };
}

test("a fresh open, then events in order", () => {
  const { world, page, room } = connected();
  assert.deepEqual(world.socket.sentOf("open"), [{ op: "open", stream: ROOM, after: null }]);
  world.socket.say(opened(5, { a: 1 }, [3, 41]));
  world.socket.say(events(6, 8));
  assert.deepEqual(page.log, [["renew", { a: 1 }, 5]]);
  assert.deepEqual(page.seqs, [6, 7, 8]);
  assert.deepEqual(page.people, [3, 41]);
  assert.deepEqual(page.phases, ["live"]);
  assert.equal(room.head, 8);
});

test("what comes twice is applied once, what comes early waits", () => {
  const { world, page } = connected();
  world.socket.say(opened(5));
  world.socket.say(events(5, 6));
  world.socket.say(events(8, 9));
  assert.deepEqual(page.seqs, [6]);
  world.socket.say(events(6, 7));
  assert.deepEqual(page.seqs, [6, 7, 8, 9]);
});

test("a hole is asked for again after a moment", async () => {
  const { world, page } = connected();
  world.socket.say(opened(5));
  world.socket.say(events(7, 9));
  await world.clock.pass(1_499);
  assert.equal(world.socket.sentOf("open").length, 1);
  await world.clock.pass(1);
  assert.deepEqual(world.socket.sentOf("open")[1], { op: "open", stream: ROOM, after: 5 });
  world.socket.say(opened(9, null));
  world.socket.say(events(6, 9));
  assert.deepEqual(page.seqs, [6, 7, 8, 9]);
  assert.equal(page.log.length, 1);
});

test("a head above what came heals a lost event, a head that is only early does not", async () => {
  const { world, page } = connected();
  world.socket.say(opened(5));
  world.socket.say({ op: "head", streams: { [ROOM]: 6, "room:99": 4 } });
  await world.clock.pass(500);
  world.socket.say(events(6, 6));
  await world.clock.pass(5_000);
  assert.equal(world.socket.sentOf("open").length, 1);

  world.socket.say({ op: "head", streams: { [ROOM]: 8 } });
  await world.clock.pass(1_500);
  assert.deepEqual(world.socket.sentOf("open")[1], { op: "open", stream: ROOM, after: 6 });
  world.socket.say(opened(8, null));
  world.socket.say(events(7, 8));
  assert.deepEqual(page.seqs, [6, 7, 8]);
});

test("after a break only the missed events are asked for, and the page hears that it catches up", async () => {
  const { world, page } = connected();
  world.socket.say(opened(5));
  world.socket.end();
  await world.clock.pass(1_000);
  world.socket.say(hello(world.clock));
  assert.deepEqual(world.socket.sentOf("open"), [{ op: "open", stream: ROOM, after: 5 }]);
  world.socket.say(opened(7, null));
  assert.deepEqual(page.phases, ["live", "catching_up"]);
  world.socket.say(events(6, 7));
  assert.deepEqual(page.phases, ["live", "catching_up", "live"]);
  assert.deepEqual(page.seqs, [6, 7]);
});

test("too much was missed: the fresh state replaces everything, and events that it holds are dropped", async () => {
  const { world, page } = connected();
  world.socket.say(opened(5));
  world.socket.say(events(6, 6));
  world.socket.end();
  await world.clock.pass(1_000);
  world.socket.say(hello(world.clock));
  world.socket.say(opened(9_000, { fresh: true }));
  world.socket.say(events(8_999, 9_001));
  assert.deepEqual(page.log.at(-1), ["renew", { fresh: true }, 9_000]);
  assert.deepEqual(page.seqs, [9_001]);
});

test("a page that has its first paint asks only for what came after it", () => {
  const world = new Surroundings();
  const live = new Live(ME, world.ports);
  const page = new Page();
  live.follow(ROOM, page, 12);
  live.start();
  world.socket.say(hello(world.clock));
  assert.deepEqual(world.socket.sentOf("open"), [{ op: "open", stream: ROOM, after: 12 }]);
  world.socket.say(opened(12, null));
  assert.deepEqual(page.log, []);
  assert.deepEqual(page.phases, ["catching_up", "live"]);
});

test("lagged: it opens again where it stands", () => {
  const { world } = connected();
  world.socket.say(opened(5));
  world.socket.say(events(6, 7));
  world.socket.say({ op: "lagged", stream: ROOM });
  assert.deepEqual(world.socket.sentOf("open")[1], { op: "open", stream: ROOM, after: 7 });
});

test("a stream that the server closed stays closed, also after a new connection", async () => {
  const { world, page, room } = connected();
  world.socket.say(opened(5, {}, [3, 41]));
  world.socket.say({ op: "closed", stream: ROOM, code: "revoked" });
  assert.equal(room.phase, "revoked");
  assert.deepEqual(page.people, []);
  world.socket.end();
  await world.clock.pass(1_000);
  world.socket.say(hello(world.clock));
  assert.deepEqual(world.socket.sentOf("open"), []);
});

test("an open that is refused ends the stream, or is tried again when the server says later", async () => {
  const { world, room } = connected();
  world.socket.say({ op: "refused", id: null, stream: ROOM, code: "rate_limited", detail: "", retry_after: 2 });
  await world.clock.pass(3_000);
  assert.equal(world.socket.sentOf("open").length, 2);
  world.socket.say({ op: "refused", id: null, stream: ROOM, code: "not_found", detail: "" });
  assert.equal(room.phase, "not_found");
  await world.clock.pass(60_000);
  assert.equal(world.sockets[0]?.sentOf("open").length, 2);
});

test("people come and go", () => {
  const { world, page } = connected();
  world.socket.say(opened(5, {}, [3, 41]));
  world.socket.say({ op: "here", stream: ROOM, joined: [8, 41], left: [3] });
  assert.deepEqual(page.people, [41, 8]);
});

test("seen goes out once a second, and at once after a hundred events", async () => {
  const { world } = connected();
  world.socket.say(opened(5));
  await world.clock.pass(1_000);
  assert.deepEqual(world.socket.sentOf("seen"), [{ op: "seen", stream: ROOM, seq: 5, read: true }]);
  for (let seq = 6; seq <= 60; seq += 1) world.socket.say(events(seq, seq));
  assert.equal(world.socket.sentOf("seen").length, 1);
  await world.clock.pass(1_000);
  assert.deepEqual(world.socket.sentOf("seen")[1], { op: "seen", stream: ROOM, seq: 60, read: true });
  world.socket.say(events(61, 160));
  assert.equal(world.socket.sentOf("seen")[2]?.["seq"], 160);
  await world.clock.pass(10_000);
  assert.equal(world.socket.sentOf("seen").length, 3);
});

test("what was read just before a break is told after it", async () => {
  const { world } = connected();
  world.socket.say(opened(5));
  world.socket.end();
  await world.clock.pass(1_000);
  world.socket.say(hello(world.clock));
  world.socket.say(opened(5, null));
  await world.clock.pass(1_000);
  assert.deepEqual(world.socket.sentOf("seen"), [{ op: "seen", stream: ROOM, seq: 5, read: true }]);
});

test("a hidden page acknowledges without reading, and reads when it is looked at again", async () => {
  const { world, room } = connected();
  world.socket.say(opened(5));
  world.hint("hidden");
  assert.deepEqual(world.socket.sentOf("seen"), [{ op: "seen", stream: ROOM, seq: 5, read: true }]);
  world.socket.say(events(6, 6));
  await world.clock.pass(1_000);
  assert.deepEqual(world.socket.sentOf("seen")[1], { op: "seen", stream: ROOM, seq: 6, read: false });
  world.hint("visible");
  world.socket.say({ op: "head", streams: { [ROOM]: 6 } });
  await world.clock.pass(1_000);
  assert.deepEqual(world.socket.sentOf("seen")[2], { op: "seen", stream: ROOM, seq: 6, read: true });
  room.setReading(false);
  world.socket.say(events(7, 7));
  await world.clock.pass(1_000);
  assert.deepEqual(world.socket.sentOf("seen")[3], { op: "seen", stream: ROOM, seq: 7, read: false });
});

test("typing goes out once in three seconds, and only while live", async () => {
  const { world, room } = connected();
  assert.equal(room.signal("typing"), false);
  world.socket.say(opened(5));
  assert.equal(room.signal("typing"), true);
  assert.equal(room.signal("typing"), false);
  await world.clock.pass(3_000);
  assert.equal(room.signal("typing"), true);
  assert.deepEqual(world.socket.sentOf("signal")[0], { op: "signal", stream: ROOM, name: "typing", data: {} });
});

test("signals of others reach the page", () => {
  const { world, page } = connected();
  world.socket.say(opened(5));
  world.socket.say({ op: "signal", stream: ROOM, name: "typing", by: 3, data: {} });
  assert.deepEqual(page.signals, [["typing", 3, {}]]);
});

test("a command is sent, done, and stays in the outbox until its event has come", async () => {
  const { world, live, room } = connected();
  world.socket.say(opened(5));
  const sent = room.send("message.post", { text: "Good morning" }, { keep: true });
  assert.deepEqual(world.socket.sentOf("do"), [
    { op: "do", id: sent.id, stream: ROOM, name: "message.post", data: { text: "Good morning" } },
  ]);
  assert.equal(live.outbox.items(ROOM)[0]?.state, "sending");
  world.socket.say({ op: "done", id: sent.id, stream: ROOM, seq: 6, data: { message: 6 } });
  assert.equal((await sent.done).seq, 6);
  assert.deepEqual(live.outbox.items().map((item) => [item.state, item.seq]), [["sent", 6]]);
  world.socket.say(events(6, 6));
  assert.deepEqual(live.outbox.items(), []);
});

test("done after its event settles too", () => {
  const { world, live, room } = connected();
  world.socket.say(opened(5));
  const sent = room.send("message.post", { text: "x" });
  world.socket.say(events(6, 6));
  world.socket.say({ op: "done", id: sent.id, stream: ROOM, seq: 6, data: {} });
  assert.deepEqual(live.outbox.items(), []);
});

test("commands of a stream go one after the other, those of another stream beside them", () => {
  const { world, live, room } = connected();
  world.socket.say(opened(5));
  const first = room.send("message.post", { text: "1" });
  const second = room.send("message.post", { text: "2" });
  const elsewhere = live.send("room:8", "message.post", { text: "3" });
  assert.deepEqual(world.socket.sentOf("do").map((frame) => frame["id"]), [first.id, elsewhere.id]);
  world.socket.say({ op: "done", id: first.id, stream: ROOM, seq: 6, data: {} });
  assert.deepEqual(world.socket.sentOf("do").at(-1)?.["id"], second.id);
});

test("what was under way when the connection broke is sent again with the same id, in order", async () => {
  const { world, room } = connected();
  world.socket.say(opened(5));
  const first = room.send("message.post", { text: "1" });
  const second = room.send("message.post", { text: "2" });
  world.socket.end();
  await world.clock.pass(1_000);
  const third = room.send("message.post", { text: "3" });
  world.socket.say(hello(world.clock));
  for (const [seq, { id }] of [first, second, third].entries()) {
    assert.equal(world.socket.sentOf("do").at(-1)?.["id"], id);
    world.socket.say({ op: "done", id, stream: ROOM, seq: 6 + seq, data: {} });
  }
  assert.equal(world.socket.sentOf("do").length, 3);
});

test("streams are opened before commands are sent", async () => {
  const { world, room } = connected();
  world.socket.end();
  room.send("message.post", { text: "1" });
  await world.clock.pass(1_000);
  world.socket.say(hello(world.clock));
  assert.deepEqual(world.socket.sent.map((frame) => frame["op"]), ["open", "do", "ping"]);
});

test("rate_limited and busy are tried again by themselves, with the same id", async () => {
  const { world, live, room } = connected();
  world.socket.say(opened(5));
  const { id } = room.send("message.post", { text: "1" }, { keep: true });
  world.socket.say({ op: "refused", id, stream: ROOM, code: "rate_limited", detail: "", retry_after: 4 });
  assert.equal(live.outbox.items()[0]?.state, "waiting");
  await world.clock.pass(3_999);
  assert.equal(world.socket.sentOf("do").length, 1);
  await world.clock.pass(2_000);
  assert.deepEqual(world.socket.sentOf("do").map((frame) => frame["id"]), [id, id]);
});

test("a refused message stays with its reason, can be sent again, and does not hold up the next", async () => {
  const { world, live, room } = connected();
  world.socket.say(opened(5));
  const first = room.send("message.post", { text: "1" }, { keep: true });
  const second = room.send("message.post", { text: "2" }, { keep: true });
  world.socket.say({ op: "refused", id: first.id, stream: ROOM, code: "forbidden", detail: "This room is read-only." });
  await assert.rejects(first.done, (error: CommandRefused) => error.refusal.code === "forbidden");
  assert.deepEqual(live.outbox.items().map((item) => [item.id, item.state, item.refusal?.detail ?? null]), [
    [first.id, "not_sent", "This room is read-only."],
    [second.id, "sending", null],
  ]);
  live.sendAgain(first.id);
  world.socket.say({ op: "done", id: second.id, stream: ROOM, seq: 6, data: {} });
  assert.equal(world.socket.sentOf("do").at(-1)?.["id"], first.id);
});

test("a refused command that is not kept leaves the outbox", async () => {
  const { world, live, room } = connected();
  world.socket.say(opened(5));
  const { id, done } = room.send("reaction.add", { message: 3, kind: "agree" });
  world.socket.say({ op: "refused", id, stream: ROOM, code: "conflict", detail: "", present: { a: 1 } });
  await assert.rejects(done, (error: CommandRefused) => (error.refusal.present as { a: number }).a === 1);
  assert.deepEqual(live.outbox.items(), []);
});

test("a command without an answer is sent again, in the end it is not sent", async () => {
  const { world, live, room } = connected();
  world.socket.say(opened(5));
  const { id, done } = room.send("message.post", { text: "1" }, { keep: true });
  for (let beat = 0; beat < 30; beat += 1) {
    world.socket.say({ op: "head", streams: {} });
    await world.clock.pass(10_000);
  }
  const ids = world.socket.sentOf("do").map((frame) => frame["id"]);
  assert.equal(ids.length, 12);
  assert.deepEqual(new Set(ids), new Set([id]));
  await assert.rejects(done, (error: CommandRefused) => error.refusal.code === "no_answer");
  assert.equal(live.outbox.items()[0]?.state, "not_sent");
});

test("what is too long for a frame is not sent, and what the server closed for being too long neither", async () => {
  const { world, live, room } = connected();
  world.socket.say(opened(5));
  const long = room.send("message.post", { text: "ő".repeat(40_000) }, { keep: true });
  assert.equal(live.outbox.item(long.id)?.refusal?.code, "too_large");
  assert.deepEqual(world.socket.sentOf("do"), []);
  const other = room.send("message.post", { text: "x" }, { keep: true });
  world.socket.end(4413);
  assert.equal(live.outbox.item(other.id)?.refusal?.code, "too_large");
  await world.clock.pass(1_000);
  world.socket.say(hello(world.clock));
  assert.deepEqual(world.socket.sentOf("do"), []);
});

test("a reload sends what was not answered", async () => {
  const before = connected();
  before.world.socket.say(opened(5));
  const sent = before.room.send("message.post", { text: "Unanswered" }, { keep: true });
  const after = connected(before.world.storage);
  await settle();
  assert.deepEqual(after.world.socket.sentOf("do"), [
    { op: "do", id: sent.id, stream: ROOM, name: "message.post", data: { text: "Unanswered" } },
  ]);
  after.world.socket.say({ op: "done", id: sent.id, stream: ROOM, seq: 6, data: {} });
  assert.equal(after.world.storage.map.size, 0);
});

test("moving to another room closes the stream and leaves the socket alone", () => {
  const { world, live, room } = connected();
  world.socket.say(opened(5));
  room.close();
  live.follow("room:8", new Page());
  assert.deepEqual(
    world.socket.sent.slice(-2),
    [{ op: "close", stream: ROOM }, { op: "open", stream: "room:8", after: null }],
  );
  assert.equal(world.sockets.length, 1);
  world.socket.say(events(6, 9));
});

test("refresh asks for a fresh state, and an older answer does not count as one", () => {
  const { world, page, room } = connected();
  world.socket.say(opened(5));
  world.socket.say({ op: "lagged", stream: ROOM });
  room.refresh();
  world.socket.say(opened(9, null));
  world.socket.say(events(6, 9));
  assert.deepEqual(page.seqs, []);
  world.socket.say(opened(9, { again: true }));
  assert.deepEqual(page.log.at(-1), ["renew", { again: true }, 9]);
});
