import assert from "node:assert/strict";
import { test } from "node:test";
import { OwnPoints } from "../../../static/src/wall/own_points";
import { gathering } from "../support/gatherings";
import { followed } from "../support/walls";

test("whoever could not read their points gives none, and can try again", async (context) => {
  const replies = [new Response("", { status: 503 }), Response.json({ points: { 5: 2 } })];
  context.mock.method(globalThis, "fetch", async () => replies.shift());
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const wall = followed({ gathering: gathering({ voting: "open", points_each: 5 }) });
  const points = new OwnPoints(wall.gathering, "/votes/");
  await points.load();
  assert.equal(points.state.value, "failed");
  points.give(5, 1);
  context.mock.timers.tick(1_000);
  assert.equal(wall.world.socket.sentOf("do").length, 0);
  await points.load();
  assert.deepEqual([points.state.value, points.of(5).value, points.left.value], ["idle", 2, 3]);
  points.give(5, 1);
  context.mock.timers.tick(1_000);
  assert.deepEqual(wall.world.socket.sentOf("do").map(({ data }) => data), [{ points: { 5: 3 } }]);
});
