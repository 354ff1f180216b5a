import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals";
import { History } from "../../../static/src/room/history";
import { type RoomState, roomState } from "../../../static/src/room/store";
import { card, message, page } from "../support/cards";
import { settle } from "../support/surroundings";

/** A history whose fetches wait for the test. */
function waiting() {
  const state = signal<RoomState>(roomState(card([message(1), message(2)]), 2));
  const answers: ((response: Response) => void)[] = [];
  const asked: string[] = [];
  globalThis.fetch = (url) => {
    asked.push(String(url));
    return new Promise((resolve) => answers.push(resolve));
  };
  const answer = async (body: object, status = 200) => {
    answers.shift()?.(new Response(JSON.stringify(body), { status }));
    await settle();
  };
  return { state, history: new History(state), asked, answer };
}

test("of two threads that are opened quickly the second is shown", async () => {
  const { state, history, asked, answer } = waiting();
  void history.openThread(1);
  void history.openThread(2);
  await settle();
  assert.equal(asked.length, 1);
  await answer(page([message(1)], 2));
  assert.equal(asked.length, 2);
  await answer(page([message(2)], 2));
  assert.equal(state.value.thread?.root, 2);
});

test("what failed before is no complaint about what is loaded now", async () => {
  const { history, answer } = waiting();
  const earlier = history.openThread(1);
  await answer({}, 500);
  await earlier;
  assert.notEqual(history.complaint.value, null);
  void history.openThread(2);
  await settle();
  assert.equal(history.complaint.value, null);
  await answer(page([message(2)], 2));
});
