import assert from "node:assert/strict";
import { test } from "node:test";
import { moved } from "../../../static/src/notes/binding";
import { difference } from "../../../static/src/notes/difference";
import { fromBase64, toBase64 } from "../../../static/src/notes/base64";
import { chanceFrom } from "../support/chance";

test("what was typed is found by the caret, also among equal letters", () => {
  assert.deepEqual(difference("aaa", "aaaa", 2), { at: 1, removed: 0, inserted: "a" });
  assert.deepEqual(difference("aaa", "aa", 0), { at: 0, removed: 1, inserted: "" });
  assert.deepEqual(difference("one two", "one three", 9), { at: 5, removed: 2, inserted: "hree" });
  assert.equal(difference("same", "same", 2), null);
});

test("a correction far from the caret does not touch what stands between", () => {
  assert.deepEqual(difference("teh meeting of today", "the meeting of today", 20), { at: 1, removed: 2, inserted: "he" });
});

test("letters of two units are changed as a whole", () => {
  assert.deepEqual(difference("a😀b", "a😁b", 3), { at: 1, removed: 2, inserted: "😁" });
  assert.deepEqual(difference("😀", "😀😁", 4), { at: 2, removed: 0, inserted: "😁" });
  assert.deepEqual(difference("𝒜", "𝓜", 2), { at: 0, removed: 2, inserted: "𝓜" });
});

test("whatever is changed, the change makes the one text of the other", () => {
  const dice = chanceFrom(7);
  const letters = ["a", "a", "ő", "😀", "😁", "\n"];
  const text = () => Array.from({ length: Math.floor(dice() * 8) }, () => letters[Math.floor(dice() * letters.length)]).join("");
  for (let turn = 0; turn < 5_000; turn += 1) {
    const [before, after] = [text(), text()];
    const change = difference(before, after, Math.floor(dice() * (after.length + 1)));
    if (change === null) {
      assert.equal(before, after);
      continue;
    }
    const { at, removed, inserted } = change;
    assert.equal(before.slice(0, at) + inserted + before.slice(at + removed), after);
    for (const part of [before.slice(0, at), inserted, before.slice(at + removed)]) assert.doesNotThrow(() => encodeURIComponent(part));
  }
});

test("caret and selection stay with their letters", () => {
  const at = (start: number, end = start) => ({ start, end });
  assert.deepEqual(moved(at(3), [{ insert: "ab" }]), at(5));
  assert.deepEqual(moved(at(3), [{ retain: 3 }, { insert: "ab" }]), at(3));
  assert.deepEqual(moved(at(3, 5), [{ retain: 3 }, { insert: "ab" }]), at(5, 7));
  assert.deepEqual(moved(at(3, 5), [{ retain: 5 }, { insert: "ab" }]), at(3, 5));
  assert.deepEqual(moved(at(3, 5), [{ retain: 4 }, { insert: "ab" }]), at(3, 7));
  assert.deepEqual(moved(at(3, 5), [{ retain: 1 }, { delete: 3 }]), at(1, 2));
  assert.deepEqual(moved(at(3, 5), [{ delete: 9 }]), at(0));
  assert.deepEqual(moved(at(9), [{ insert: "x" }, { retain: 2 }, { delete: 4 }, { retain: 1 }, { insert: "yz" }]), at(8));
});

test("bytes go to text and back", () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256);
  assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
});
