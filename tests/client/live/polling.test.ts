import assert from "node:assert/strict";
import { test } from "node:test";
import { Live } from "../../../static/src/live/protocol";
import type { Follower } from "../../../static/src/live/stream";
import type { LiveEvent } from "../../../static/src/live/types";
import { type Answer, ME, Surroundings } from "../support/surroundings";

const ROOM = "room:7";

/** A server behind a network that blocks WebSockets: a log, and the calls of door 2. */
class HttpServer {
  readonly log: LiveEvent[] = [];
  readonly done = new Map<string, number>();
  here: number[] = [ME];
  refusal: Answer | null = null;
  isDown = false;
  signedOut = false;
  marks: number[] = [];

  constructor(world: Surroundings) {
    world.answer = (url, method, body) => this.answer(url, method, body as { id: string; data: object });
  }

  append(text: string): number {
    const seq = this.log.length + 1;
    this.log.push({ seq, name: "message.posted", at: "2022-02-08T10:00:00Z", by: 3, data: { text } });
    return seq;
  }

  answer(url: string, method: string, body: { id: string; data: object }): Answer {
    const { pathname, searchParams } = new URL(url, "http://x");
    if (this.isDown) return "unreachable";
    if (pathname === "/connection/probe/") {
      return { body: { now: "2022-02-08T10:00:00Z", person: this.signedOut ? null : ME } };
    }
    if (this.signedOut) return { status: 401, body: { op: "refused", code: "forbidden", detail: "Sign in first.", id: null } };
    if (this.refusal) return this.refusal;
    if (method === "POST") return { body: this.command(body) };
    if (pathname.endsWith("/state/")) return { body: { head: this.log.length, state: { count: this.log.length }, here: this.here } };
    return this.events(searchParams);
  }

  command({ id, data }: { id: string; data: object }): object {
    const seq = this.done.get(id) ?? this.append((data as { text: string }).text);
    this.done.set(id, seq);
    return { op: "done", id, stream: ROOM, seq, data: { message: seq } };
  }

  events(query: URLSearchParams): Answer {
    const mark = query.get("seen");
    if (mark !== null) this.marks.push(Number(mark));
    const missed = this.log.slice(Number(query.get("after"))).slice(0, Number(query.get("limit") ?? 200));
    if (missed.length === 0 && query.has("wait")) return "silence";
    return { body: { head: this.log.length, events: missed, here: this.here } };
  }
}

async function polling(before: (server: HttpServer) => void = () => {}) {
  const world = new Surroundings();
  const server = new HttpServer(world);
  before(server);
  const live = new Live(ME, world.ports);
  const seqs: number[] = [];
  const renewed: unknown[] = [];
  let people: readonly number[] = [];
  const follower: Follower = {
    renew: (state) => renewed.push(state),
    apply: (events) => seqs.push(...events.map((event) => event.seq)),
    here: (ids) => (people = ids),
  };
  const room = live.follow(ROOM, follower);
  live.start();
  world.socket.end();
  await world.clock.pass(0);
  return { world, server, live, room, seqs, renewed, people: () => people };
}

function asked(world: Surroundings): string[] {
  return world.requests.map((request) => request.url.replace("/api/streams/room:7/", ""));
}

test("state, then events with a wait, one request after the other", async () => {
  const { world, server, live, renewed, seqs, people } = await polling((server) => server.append("0"));
  assert.equal(live.status.way, "polling");
  assert.deepEqual(renewed, [{ count: 1 }]);
  assert.deepEqual(asked(world).slice(0, 3), ["/connection/probe/", "state/", "events/?after=1&wait=25"]);
  server.append("1");
  server.append("2");
  server.here = [ME, 3];
  await world.clock.pass(40_000);
  assert.deepEqual(seqs, [2, 3]);
  assert.deepEqual(people(), [ME, 3]);
});

test("a command by POST, with its answer", async () => {
  const { world, room, live, seqs } = await polling();
  const { id, done } = room.send("message.post", { text: "Dzień dobry" }, { keep: true });
  await world.clock.pass(0);
  assert.equal((await done).seq, 1);
  assert.deepEqual(world.requests.at(-1)?.body, { id, name: "message.post", data: { text: "Dzień dobry" } });
  assert.equal(live.outbox.items()[0]?.state, "sent");
  await world.clock.pass(40_000);
  assert.deepEqual(seqs, [1]);
  assert.deepEqual(live.outbox.items(), []);
});

test("the same id goes out again when the answer was lost, and nothing happens twice", async () => {
  const { world, server, room } = await polling();
  const honest = world.answer;
  world.answer = (url, method, body) => {
    const answer = honest(url, method, body);
    return method === "POST" ? "unreachable" : answer;
  };
  const { done } = room.send("message.post", { text: "once" });
  await world.clock.pass(10);
  assert.equal(server.log.length, 1);
  world.answer = honest;
  await world.clock.pass(20_000);
  world.socket.end();
  await world.clock.pass(20_000);
  assert.equal((await done).seq, 1);
  assert.equal(server.log.length, 1);
});

test("the read marker is told", async () => {
  const { world, server } = await polling((server) => server.append("0"));
  await world.clock.pass(1_000);
  assert.deepEqual(server.marks, [1]);
});

test("an outage: it waits, comes back by what it remembers, and gets what it missed", async () => {
  const { world, server, live, seqs, renewed } = await polling((server) => server.append("0"));
  server.isDown = true;
  server.append("1");
  await world.clock.pass(45_000);
  assert.notEqual(live.status.phase, "live");
  server.isDown = false;
  await world.clock.pass(40_000);
  assert.equal(live.status.way, "polling");
  assert.deepEqual(seqs, [2]);
  assert.equal(renewed.length, 1);
});

test("far too much was missed: a fresh state", async () => {
  const { world, server, seqs, renewed } = await polling((server) => server.append("0"));
  server.isDown = true;
  for (let count = 0; count < 2_500; count += 1) server.append("x");
  await world.clock.pass(45_000);
  server.isDown = false;
  await world.clock.pass(40_000);
  assert.deepEqual(renewed, [{ count: 1 }, { count: 2_501 }]);
  assert.deepEqual(seqs, []);
});

test("a hidden page asks every half minute without waiting at the server", async () => {
  const { world, server, seqs } = await polling((server) => server.append("0"));
  world.hint("hidden");
  await world.clock.pass(40_000);
  const before = world.requests.length;
  server.append("1");
  await world.clock.pass(30_000);
  const since = asked(world).slice(before).filter((url) => url.startsWith("events") && !url.includes("seen"));
  assert.deepEqual(since, ["events/?after=1"]);
  assert.deepEqual(seqs, [2]);
  server.append("2");
  world.hint("visible");
  await world.clock.pass(0);
  assert.deepEqual(seqs, [2, 3]);
});

test("a proxy that cuts long requests makes them shorter", async () => {
  const { world, live } = await polling((server) => server.append("0"));
  const honest = world.answer;
  world.answer = (url, method, body) => (url.includes("wait=") && !url.includes("wait=3") ? "silence" : honest(url, method, body));
  await world.clock.pass(41_000);
  assert.equal(live.status.phase, "live");
  assert.ok(asked(world).includes("events/?after=1&wait=12"));
});

test("signed out", async () => {
  const { world, server, live } = await polling((server) => server.append("0"));
  server.signedOut = true;
  await world.clock.pass(40_000);
  assert.equal(live.status.trouble, "signed_out");
});

test("taken away: the stream is closed, the connection stays", async () => {
  const { world, server, live, room } = await polling((server) => server.append("0"));
  server.append("1");
  server.refusal = { status: 404, body: { op: "refused", id: null, code: "not_found", detail: "" } };
  await world.clock.pass(40_000);
  assert.equal(room.phase, "revoked");
  assert.equal(live.status.phase, "live");
});

test("told to come later, it comes later", async () => {
  const { world, server, live, seqs } = await polling((server) => server.append("0"));
  server.refusal = { status: 429, body: { op: "refused", id: null, code: "rate_limited", detail: "", retry_after: 2 } };
  await world.clock.pass(50_000);
  assert.equal(live.status.phase, "live");
  server.refusal = null;
  server.append("1");
  await world.clock.pass(40_000);
  assert.deepEqual(seqs, [2]);
});

test("a proxy's page in place of an answer is a network that does not work", async () => {
  const { world, live } = await polling((server) => server.append("0"));
  world.answer = () => ({ status: 502, body: "<html>" });
  await world.clock.pass(40_000);
  assert.equal(live.status.trouble, "network");
});

test("signals do not travel this way", async () => {
  const { room } = await polling();
  assert.equal(room.phase, "live");
  assert.equal(room.signal("typing"), false);
});
