import assert from "node:assert/strict";
import { test } from "node:test";
import { placeTopic, sendWords } from "../../../static/src/wall/doings";
import type { Dialog } from "../../../static/src/wall/ui";
import { ME, topic } from "../support/gatherings";
import { wallPage } from "../support/walls";

const WORDS = { title: "Who is missing?", why: "", language: "en" };
const FORM: Dialog = { kind: "propose", place: null };

test("words refused while their form is there stay in the form alone", async () => {
  const { page, ui, gathering, refused } = wallPage();
  ui.open({ ...FORM });
  const sending = sendWords(page, "topic.propose", WORDS);
  await refused("Too long.");
  const answer = await sending;
  assert.equal(answer !== null && !answer.isDone && answer.refusal.detail, "Too long.");
  assert.deepEqual([gathering.unsent.value.length, ui.toast.value, ui.dialog.value?.kind], [0, null, "propose"]);
});

test("words refused when their form is closed are kept, and that is said", async () => {
  const { page, ui, gathering, refused } = wallPage();
  ui.open({ ...FORM });
  const sending = sendWords(page, "topic.propose", WORDS);
  ui.close();
  await refused("The market is closed.");
  assert.equal(await sending, null);
  assert.deepEqual(gathering.unsent.value.map(({ data }) => data), [WORDS]);
  assert.equal(gathering.pendingTopics.value.length, 1);
  assert.equal(ui.toast.value, "The market is closed.");
});

test("a late answer closes the dialog that asked, and no other", async () => {
  const { page, ui, done } = wallPage();
  ui.open({ ...FORM });
  let sending = sendWords(page, "topic.propose", WORDS);
  const next: Dialog = { kind: "action", action: null };
  ui.open(next);
  await done({ topic: 5 });
  assert.equal((await sending)?.isDone, true);
  assert.equal(ui.dialog.value, next);
  sending = sendWords(page, "action.add", { what: "Call", convener: ME, first_step: "", due: null, topic: null });
  await done();
  await sending;
  assert.equal(ui.dialog.value, null);
});

test("a place taken meanwhile is asked about only where nothing else was opened", async () => {
  const { page, ui, world } = wallPage({ topics: [topic(5, [], { convener: ME }), topic(6, [[1, 1]])] });
  const taken = (id: unknown) =>
    world.socket.say({ op: "refused", id, stream: "gathering:1", code: "conflict", detail: "Somebody was faster.", present: [6] });
  const lastId = () => world.socket.sentOf("do").at(-1)?.["id"];
  let placing = placeTopic(page, 5, { slot: 1, space: 1 }, null, []);
  taken(lastId());
  await placing;
  assert.equal(ui.dialog.value?.kind, "occupied");
  ui.close();
  placing = placeTopic(page, 5, { slot: 1, space: 1 }, null, []);
  ui.open({ ...FORM });
  taken(lastId());
  await placing;
  assert.deepEqual([ui.dialog.value?.kind, ui.toast.value], ["propose", "Somebody was faster."]);
});

test("an invitation opens no dialog over what somebody is writing", () => {
  const { ui } = wallPage();
  const invitation = { kind: "invitation", by: 15, space: 2 } as const;
  ui.invite(invitation);
  assert.equal(ui.dialog.value, invitation);
  ui.open({ ...FORM });
  ui.invite(invitation);
  assert.deepEqual([ui.dialog.value?.kind, ui.invitation.value], ["propose", invitation]);
});
