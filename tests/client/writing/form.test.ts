import assert from "node:assert/strict";
import { test } from "node:test";
import type { Following, Live } from "../../../static/src/live/protocol";
import type { Sent } from "../../../static/src/live/sender";
import type { Follower } from "../../../static/src/live/stream";
import type { LiveEvent } from "../../../static/src/live/types";
import type { FieldEditor } from "../../../static/src/writing/field_editor";
import { FormModel, type FormState, type Written } from "../../../static/src/writing/form";

const AT = "2026-02-10T11:00:00Z";
const ME = 1;
const OTHER = 2;

interface Name extends FormState, Written {
  readonly title: string;
}
type Renamed = LiveEvent<"renamed", string>;

const NAME: Name = { id: 5, me: ME, people: {}, title: "Old", revisions: { title: 1 }, editors: { title: OTHER } };

class NameForm extends FormModel<Name, Name, Renamed> {
  title(): FieldEditor<string> {
    return this.editor({ id: "f-title", name: "title", thing: () => (this.state.value.title === "Gone" ? undefined : this.state.value), send: () => assert.fail("Nothing is saved here") });
  }
}

/** A form and the stream that it follows. */
function begun() {
  let follower: Follower<Name, Renamed> | null = null;
  const told: object[] = [];
  const following = { signal: (name: string, data: object) => told.push({ name, ...data }) } as unknown as Following;
  const follow = (_name: string, its: Follower<Name, Renamed>) => {
    follower = its;
    return following;
  };
  const form = new NameForm({ follow } as unknown as Live, {
    state: NAME,
    head: 3,
    stream: "name:5",
    storage: null,
    kept: "name",
    renew: (card) => card,
    reduce: (state, events) => events.reduce((now, { data }) => ({ ...now, title: data }), state),
    fieldOf: () => "f-title",
  });
  return { form, told, stream: follower as unknown as Required<Follower<Name, Renamed>> };
}

const renamed = (by: number): Renamed => ({ seq: 4, name: "renamed", at: AT, by, data: "New" });

test("a change by somebody else is shown, and they count as writing in its field; my own does not", () => {
  const { form, stream } = begun();
  const editor = form.title();
  assert.equal(form.title(), editor);
  stream.phase("live");
  stream.apply([renamed(ME)]);
  assert.deepEqual([editor.shown.value, form.savedAt.value, form.writersIn("f-title")], ["New", AT, []]);
  stream.apply([renamed(OTHER)]);
  assert.deepEqual([form.writersIn("f-title"), form.writersIn("f-other")], [[OTHER], []]);
  form.title().stop();
});

test("what is begun in what was taken out is not asked about until it is back", async () => {
  const { form, stream } = begun();
  const editor = form.title();
  await Promise.resolve();
  editor.write("Mine");
  editor.problem.value = "Too long.";
  assert.deepEqual([form.desk.isUnsaved.value, form.desk.isStuck.value, form.refusedField()], [true, true, "f-title"]);
  stream.apply([{ ...renamed(OTHER), data: "Gone" }]);
  assert.deepEqual([form.desk.isUnsaved.value, form.desk.isStuck.value, form.refusedField()], [false, false, undefined]);
  const sent = { done: Promise.resolve({}) } as unknown as Sent;
  assert.equal(await form.desk.pressSaved(() => sent), true);
  stream.apply([renamed(OTHER)]);
  assert.deepEqual([editor.shown.value, form.desk.isStuck.value], ["Mine", true]);
  editor.stop();
});

test("what was missed while away is no writing now", () => {
  const { form, stream } = begun();
  stream.phase("catching_up");
  stream.apply([renamed(OTHER)]);
  assert.deepEqual([form.state.value.title, form.writersIn("f-title")], ["New", []]);
});

test("who types in a field is told to the others and heard from them; I am none of those who are here", () => {
  const { form, told, stream } = begun();
  stream.phase("live");
  form.writing("f-title");
  assert.deepEqual(told, [{ name: "typing", field: "f-title" }]);
  stream.signal("typing", OTHER, { field: "f-title" });
  stream.signal("typing", null, { field: "f-other" });
  assert.deepEqual([form.writersIn("f-title"), form.writersIn("f-other")], [[OTHER], []]);
  stream.here([ME, OTHER]);
  assert.deepEqual(form.others.value, [OTHER]);
});
