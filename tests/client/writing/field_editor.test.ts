import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals";
import { FieldEditor, type SaveAnswer, type Version } from "../../../static/src/writing/field_editor";
import { sameText } from "../../../static/src/writing/text";

const ME = 1;
const OTHER = 2;

/** An editor whose server answers when the test says so. */
function desk(held: Version<string> = { value: "Old", revision: 1, by: OTHER }, begun: { value: string; base: number } | null = null) {
  const server = signal(held);
  const sent: { value: string; base: number; answer: (answer: SaveAnswer) => void }[] = [];
  const timers = new Set<() => void>();
  let kept: unknown = begun;
  const editor = new FieldEditor<string>(
    {
      held: server,
      me: ME,
      isSame: sameText,
      save: (value, base) => new Promise((answer) => sent.push({ value, base, answer })),
      keep: (next) => (kept = next),
      after: (_milliseconds, call) => {
        timers.add(call);
        return () => timers.delete(call);
      },
    },
    begun,
  );
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const pause = async () => {
    for (const call of [...timers]) {
      timers.delete(call);
      call();
    }
    await settle();
  };
  return { editor, server, sent, pause, settle, kept: () => kept };
}

test("saved a pause after the last letter, with the revision that was seen", async () => {
  const { editor, server, sent, pause, settle, kept } = desk();
  editor.write("N");
  editor.write("New");
  assert.deepEqual(kept(), { value: "New", base: 1 });
  await pause();
  assert.deepEqual(sent.map(({ value, base }) => [value, base]), [["New", 1]]);
  assert.equal(editor.isSaving.value, true);
  sent[0]?.answer({ revision: 2 });
  await settle();
  // The answer came before the event: what was written stays in the field.
  assert.equal(editor.shown.value, "New");
  server.value = { value: "New", revision: 2, by: ME };
  assert.deepEqual([editor.isOpen.value, editor.shown.value, kept()], [false, "New", null]);
});

test("letters typed while it is saved go with the next one", async () => {
  const { editor, server, sent, pause, settle } = desk();
  editor.write("New");
  await pause();
  editor.write("New words");
  server.value = { value: "New", revision: 2, by: ME };
  sent[0]?.answer({ revision: 2 });
  await settle();
  await pause();
  assert.deepEqual(sent.map(({ value, base }) => [value, base]), [["New", 1], ["New words", 2]]);
  assert.equal(editor.clash.value, null);
});

test("what others write is shown where nothing is begun", () => {
  const { editor, server } = desk();
  server.value = { value: "Theirs", revision: 2, by: OTHER };
  assert.equal(editor.shown.value, "Theirs");
});

test("two versions stand side by side, and the person chooses mine", async () => {
  const { editor, server, sent, pause } = desk();
  editor.write("Mine");
  server.value = { value: "Theirs", revision: 2, by: OTHER };
  assert.deepEqual([editor.shown.value, editor.clash.value?.value], ["Mine", "Theirs"]);
  await pause();
  assert.equal(sent.length, 0);
  void editor.keepMine();
  await pause();
  assert.deepEqual(sent.map(({ value, base }) => [value, base]), [["Mine", 2]]);
  assert.equal(editor.clash.value, null);
});

test("… or theirs", async () => {
  const { editor, sent, server, pause, settle, kept } = desk();
  editor.write("Mine");
  await pause();
  sent[0]?.answer({ refusal: { code: "conflict", detail: "Too late", present: { value: "Theirs", revision: 2, by: OTHER } } });
  await settle();
  assert.equal(editor.clash.value?.value, "Theirs");
  server.value = { value: "Theirs", revision: 2, by: OTHER };
  editor.takeTheirs();
  assert.deepEqual([editor.shown.value, editor.isOpen.value, kept()], ["Theirs", false, null]);
});

test("the same words twice are no conflict", async () => {
  const { editor, sent, pause, settle } = desk();
  editor.write("Same");
  await pause();
  sent[0]?.answer({ refusal: { code: "conflict", detail: "Too late", present: { value: "Same", revision: 2, by: OTHER } } });
  await settle();
  assert.deepEqual([editor.clash.value, editor.isOpen.value], [null, false]);
});

test("turned down for another reason, it stays to be tried again", async () => {
  const { editor, sent, pause, settle } = desk();
  editor.write("Long");
  await pause();
  sent[0]?.answer({ refusal: { code: "invalid", detail: "Too long." } });
  await settle();
  assert.deepEqual([editor.problem.value, editor.shown.value], ["Too long.", "Long"]);
  void editor.flush();
  await settle();
  assert.equal(sent.length, 2);
});

test("what was begun before the page closed is there again, and is saved or clashes", async () => {
  const again = desk({ value: "Old", revision: 1, by: OTHER }, { value: "Begun", base: 1 });
  assert.equal(again.editor.shown.value, "Begun");
  await again.pause();
  assert.deepEqual(again.sent.map(({ base }) => base), [1]);
  const late = desk({ value: "Theirs", revision: 2, by: OTHER }, { value: "Begun", base: 1 });
  assert.equal(late.editor.clash.value?.value, "Theirs");
  const done = desk({ value: "Begun", revision: 2, by: ME }, { value: "Begun", base: 1 });
  assert.equal(done.editor.isOpen.value, false);
});
