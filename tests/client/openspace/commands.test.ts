import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "../support/surroundings";
import { begun } from "../support/walls";

test("who moves before the page is connected moves as soon as it is", async () => {
  const wall = begun();
  const answer = wall.gathering.commands.do("person.move", { space: 1 });
  await settle();
  assert.deepEqual(wall.world.socket.sentOf("do"), []);
  wall.connect();
  await settle();
  assert.equal(wall.world.socket.sentOf("do").length, 1);
  await wall.done();
  assert.equal((await answer).isDone, true);
});

test("when there is no connection to be had, that is said", async () => {
  const wall = begun();
  const answer = wall.gathering.commands.do("person.move", { space: 1 }, { isQuiet: true });
  wall.world.socket.end();
  await settle();
  assert.match(JSON.stringify(await answer), /You are not connected/);
});

test("what is for this moment is not done after a lost connection, what was written is", async () => {
  const wall = begun();
  wall.connect();
  await settle();
  const gong = wall.gathering.commands.do("gong.ring", {}, { isQuiet: true });
  await settle();
  wall.world.socket.end();
  await settle();
  const answer = await gong;
  assert.equal(answer.isDone ? "" : answer.refusal.code, "no_answer");
  assert.deepEqual(wall.gathering.unsent.value, []);
  const said = wall.gathering.commands.do("news.post", { text: "Lunch", language: "en" });
  await wall.world.clock.pass(1_000);
  wall.connect();
  await settle();
  assert.deepEqual(wall.world.socket.sentOf("do").map(({ name }) => name), ["news.post"]);
  await wall.done();
  assert.equal((await said).isDone, true);
});
