import assert from "node:assert/strict";
import { test } from "node:test";
import { arrive, noteLeaving } from "../../../static/src/shell/sign_out";
import { FakeStorage } from "../support/surroundings";

const PERSONAL = ["outbox.41.a", "draft.41.7", "challenge.41.3.title", "plan.41.i.5.title", "report.41.2.body", "consultation.41.9.note"];
const KEPT = [...PERSONAL.map((key) => `synergy.${key}`), "synergy.way", "another.program"];

function computer(): FakeStorage {
  const storage = new FakeStorage();
  for (const key of KEPT) storage.setItem(key, "x");
  return storage;
}

test("who signed out leaves nothing of theirs; what the computer needs stays", () => {
  const [tab, storage] = [new FakeStorage(), computer()];
  noteLeaving(tab);
  arrive(tab, storage, false);
  assert.deepEqual([...storage.map.keys()], ["synergy.way", "another.program"]);
  assert.equal(tab.map.size, 0);
});

test("nothing is forgotten when signing out failed, or when the session only ended", () => {
  const [tab, storage] = [new FakeStorage(), computer()];
  noteLeaving(tab);
  arrive(tab, storage, true);
  arrive(tab, storage, false);
  assert.equal(storage.map.size, KEPT.length);
});
