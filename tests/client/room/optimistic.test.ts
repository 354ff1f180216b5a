import assert from "node:assert/strict";
import { test } from "node:test";
import type { OutboxItem } from "../../../static/src/live/outbox";
import { pendingPosts, reduce, roomCard, roomState, withPending } from "../../../static/src/room/store";
import { card, ME, message, posted } from "../support/cards";

const STATE = roomState(card([message(1), message(2, { by: ME })]), 5);

function item(name: string, data: object, changes: Partial<OutboxItem> = {}): OutboxItem {
  const base = { id: name, stream: "room:7", at: 0, after: 5, keep: true, show: null, seq: null, refusal: null } as const;
  return { ...base, name, data, state: "sending", ...changes };
}

test("my reaction shows at once, and does not show twice when its event comes", () => {
  const agree = item("reaction.add", { message: 1, kind: "agree" });
  assert.deepEqual(withPending(STATE, [agree]).known.get(1)?.reactions, { agree: [ME] });
  assert.deepEqual(STATE.known.get(1)?.reactions, {});
  const come = reduce(STATE, { seq: 6, name: "reaction.added", at: "", by: ME, data: { message: 1, kind: "agree" } });
  assert.deepEqual(withPending(come, [agree]).known.get(1)?.reactions, { agree: [ME] });
});

test("a command that was answered counts until its event is here, a refused one does not count", () => {
  const remove = { message: 1, kind: "agree" };
  assert.equal(withPending(STATE, [item("reaction.add", remove, { state: "sent", seq: 6 })]).known.get(1)?.reactions["agree"]?.length, 1);
  assert.equal(withPending(STATE, [item("reaction.add", remove, { state: "sent", seq: 5 })]), STATE);
  assert.equal(withPending(STATE, [item("reaction.add", remove, { state: "not_sent" })]), STATE);
});

test("edit, removal, pin and language show at once", () => {
  const after = withPending(STATE, [
    item("message.edit", { message: 2, text: "Better" }),
    item("message.pin", { message: 2 }),
    item("message.set_language", { message: 2, lang: "lv" }),
    item("message.remove", { message: 1 }),
  ]);
  const { messages, pinned } = roomCard(after);
  assert.deepEqual([messages[1]?.text, messages[1]?.lang, messages[1]?.pinned], ["Better", "lv", true]);
  assert.equal(pinned[0]?.seq, 2);
  assert.equal(messages[0]?.removed?.by, ME);
  assert.equal(after.head, 5);
});

test("a message on its way stands below, with its files and its state", () => {
  const files = [{ id: 4, name: "a.png" }];
  const posts = pendingPosts(STATE, [
    item("message.post", { text: "Hello", root: 1 }, { show: { files } }),
    item("message.post", { text: "Again" }, { id: "b", state: "not_sent", refusal: { code: "forbidden", detail: "No." } }),
    item("reaction.add", { message: 1, kind: "agree" }),
  ]);
  assert.deepEqual(
    posts.map(({ text, root, files: shown, item: { state } }) => [text, root, shown, state]),
    [["Hello", 1, files, "sending"], ["Again", null, [], "not_sent"]],
  );
});

test("its event before its answer: it is not shown twice", () => {
  const mine = item("message.post", { text: "Hello " });
  const come = reduce(STATE, posted(6, { text: "Hello" }, ME));
  assert.deepEqual(pendingPosts(come, [mine]), []);
  assert.equal(pendingPosts(come, [mine, item("message.post", { text: "Hello" }, { id: "b" })]).length, 1);
  assert.equal(pendingPosts(come, [item("message.post", { text: "Hello" }, { after: 6 })]).length, 1);
  assert.equal(pendingPosts(reduce(STATE, posted(6, { text: "Hello" })), [mine]).length, 1);
});

test("answered: it stays until its event has come", () => {
  const sent = item("message.post", { text: "Hello" }, { state: "sent", seq: 6 });
  assert.equal(pendingPosts(STATE, [sent]).length, 1);
  assert.equal(pendingPosts(reduce(STATE, posted(6, { text: "Hello" }, ME)), [sent]).length, 0);
});
