import assert from "node:assert/strict";
import { test } from "node:test";
import { Transport } from "../../../static/src/live/transport";
import type { ConnectionStatus, ServerFrame } from "../../../static/src/live/types";
import { FakeStorage, hello, ME, Surroundings } from "../support/surroundings";

function started(storage?: FakeStorage, prepare: (world: Surroundings) => void = () => {}) {
  const world = new Surroundings(storage);
  prepare(world);
  const transport = new Transport(ME, world.ports);
  const frames: ServerFrame[] = [];
  const statuses: ConnectionStatus[] = [];
  transport.start({ frame: (frame) => frames.push(frame), status: (status) => statuses.push(status) });
  return { world, transport, frames, statuses };
}

function probeWorks(world: Surroundings): void {
  world.answer = (url) => (url === "/connection/probe/" ? { body: { now: "2022-02-08T10:00:00Z", person: ME } } : "unreachable");
}

test("the WebSocket comes first and is live with hello", async () => {
  const { world, transport, frames } = started();
  assert.equal(transport.status.phase, "connecting");
  assert.equal(transport.send({ op: "close", stream: "room:7" }), false);
  world.socket.say(hello(world.clock));
  assert.deepEqual(transport.status, { phase: "live", way: "websocket", retryAt: null, trouble: null });
  assert.equal(frames[0]?.op, "hello");
  assert.equal(transport.send({ op: "close", stream: "room:7" }), true);
  assert.equal(world.requests.length, 0);
});

test("after five seconds without hello it polls, remembers that, and tries the WebSocket again later", async () => {
  const { world, transport } = started();
  probeWorks(world);
  await world.clock.pass(4_999);
  assert.equal(transport.status.phase, "connecting");
  await world.clock.pass(1);
  assert.deepEqual(transport.status, { phase: "live", way: "polling", retryAt: null, trouble: null });
  assert.equal(world.sockets.length, 1);
  assert.ok(world.sockets[0]?.isClosed);

  const next = started(world.storage, probeWorks);
  await next.world.clock.pass(0);
  assert.equal(next.transport.status.way, "polling");
  assert.equal(next.world.sockets.length, 0);

  await world.clock.pass(60_000);
  assert.equal(world.sockets.length, 2);
  assert.equal(transport.status.way, "polling");
  world.socket.say(hello(world.clock));
  assert.equal(transport.status.way, "websocket");
  assert.equal(world.storage.map.size, 0);
});

test("each WebSocket that fails beside polling is tried again after twice the time", async () => {
  const { world, transport } = started();
  probeWorks(world);
  world.socket.end();
  await world.clock.pass(60_000);
  assert.equal(world.sockets.length, 2);
  world.socket.end();
  await world.clock.pass(119_000);
  assert.equal(world.sockets.length, 2);
  await world.clock.pass(1_000);
  assert.equal(world.sockets.length, 3);
  assert.equal(transport.status.way, "polling");
});

test("without any way it waits longer and longer, with full jitter", async () => {
  const { world, transport, statuses } = started();
  world.random = 0.999;
  for (let round = 0; round < 7; round += 1) {
    world.socket.end();
    await world.clock.pass(0);
    assert.equal(transport.status.phase, "waiting");
    await world.clock.pass((transport.status.retryAt ?? 0) - world.clock.now());
  }
  const waits = statuses.filter((status) => status.phase === "waiting").length;
  assert.equal(waits, 7);
  assert.equal(world.sockets.length, 8);

  world.random = 0;
  world.socket.end();
  await world.clock.pass(0);
  assert.equal(world.sockets.length, 9);
});

test("the longest wait is half a minute", async () => {
  const { world, transport } = started();
  world.random = 0.9999;
  let longest = 0;
  for (let round = 0; round < 12; round += 1) {
    world.socket.end();
    await world.clock.pass(0);
    const wait = (transport.status.retryAt ?? 0) - world.clock.now();
    longest = Math.max(longest, wait);
    await world.clock.pass(wait);
  }
  assert.ok(longest > 29_000 && longest <= 30_000, String(longest));
});

test("a server that restarts is met again at a moment of chance within five seconds", async () => {
  for (const code of [1012, 4503]) {
    for (const chance of [0, 0.3, 0.8]) {
      const { world, transport } = started();
      world.socket.say(hello(world.clock));
      world.random = chance;
      world.socket.end(code);
      const retryAt = world.clock.now() + chance * 5_000;
      assert.deepEqual(transport.status, { phase: "waiting", way: null, retryAt, trouble: "restarting" });
      await world.clock.pass(chance * 5_000);
      assert.equal(world.sockets.length, 2);
    }
  }
});

test("a lost connection is opened again by WebSocket, not by polling", async () => {
  const { world, transport } = started();
  world.socket.say(hello(world.clock));
  await world.clock.pass(20_000);
  world.socket.say({ op: "head", streams: {} });
  world.socket.end();
  assert.equal(transport.status.trouble, "network");
  await world.clock.pass(1_000);
  assert.equal(world.sockets.length, 2);
  assert.equal(world.requests.length, 0);
});

test("who is signed out stays out until they come back to the page", async () => {
  const { world, transport } = started();
  world.socket.say(hello(world.clock));
  world.socket.end(4401);
  assert.deepEqual(transport.status, { phase: "stopped", way: null, retryAt: null, trouble: "signed_out" });
  await world.clock.pass(600_000);
  assert.equal(world.sockets.length, 1);
  world.hint("visible");
  assert.equal(world.sockets.length, 2);
});

test("a connection of somebody else is not used", async () => {
  const { world, transport, frames } = started();
  world.socket.say({ ...hello(world.clock), person: 99 });
  assert.equal(transport.status.trouble, "signed_out");
  assert.deepEqual(frames, []);
  assert.ok(world.socket.isClosed);
});

test("forty seconds of silence end the connection, frames keep it", async () => {
  const { world, transport } = started();
  world.socket.say(hello(world.clock));
  for (let beat = 0; beat < 6; beat += 1) {
    await world.clock.pass(15_000);
    world.socket.say({ op: "head", streams: {} });
  }
  assert.equal(transport.status.phase, "live");
  assert.ok(world.socket.sentOf("ping").length >= 3);
  await world.clock.pass(39_999);
  assert.equal(transport.status.phase, "live");
  await world.clock.pass(1);
  assert.equal(transport.status.phase, "waiting");
});

test("a hint makes it ask whether the other end is still there", async () => {
  const { world, transport } = started();
  world.socket.say(hello(world.clock));
  world.hint("offline");
  world.socket.say({ op: "pong", t: world.clock.now(), now: "2022-02-08T10:00:00Z" });
  await world.clock.pass(6_000);
  assert.equal(transport.status.phase, "live");
  world.hint("visible");
  await world.clock.pass(5_000);
  assert.equal(transport.status.phase, "waiting");
});

test("coming online shortens the wait", async () => {
  const { world, transport } = started();
  world.random = 0.9;
  for (let round = 0; round < 5; round += 1) {
    world.socket.end();
    await world.clock.pass(0);
    if (round < 4) await world.clock.pass((transport.status.retryAt ?? 0) - world.clock.now());
  }
  assert.ok((transport.status.retryAt ?? 0) - world.clock.now() > 10_000);
  world.hint("online");
  await world.clock.pass(1_000);
  assert.equal(world.sockets.length, 6);
});

test("sockets that break at once again and again lead to polling", async () => {
  const { world, transport } = started();
  probeWorks(world);
  for (let round = 0; round < 3; round += 1) {
    world.socket.say(hello(world.clock));
    await world.clock.pass(1_000);
    world.socket.end();
    await world.clock.pass(30_000);
  }
  assert.equal(transport.status.way, "polling");
  assert.equal(world.sockets.length, 3);
});

test("too many tabs: it waits for long, and says why", async () => {
  const { world, transport } = started();
  world.socket.end(4409);
  assert.equal(transport.status.trouble, "too_many_tabs");
  assert.ok((transport.status.retryAt ?? 0) - world.clock.now() >= 20_000);
  assert.equal(world.requests.length, 0);
});

test("the server's time comes from the quickest round trip", async () => {
  const { world, transport } = started();
  world.socket.say(hello(world.clock, 90_000));
  assert.equal(transport.serverClock.offset, 90_000);
  const [ping] = world.socket.sentOf("ping");
  await world.clock.pass(400);
  world.socket.say({ op: "pong", t: ping?.["t"], now: new Date(world.clock.now() - 200 + 60_000).toISOString() });
  assert.equal(transport.serverClock.offset, 60_000);
  assert.equal(transport.serverClock.roundTrip, 400);
  const sentAt = world.clock.now();
  await world.clock.pass(4_000);
  world.socket.say({ op: "pong", t: sentAt, now: new Date(world.clock.now()).toISOString() });
  assert.equal(transport.serverClock.offset, 60_000);
});

test("stop leaves no timer and no socket behind", async () => {
  const { world, transport } = started();
  world.socket.say(hello(world.clock));
  transport.stop();
  assert.equal(world.clock.pending, 0);
  assert.ok(world.socket.isClosed);
  world.hint("online");
  assert.equal(world.sockets.length, 1);
});
