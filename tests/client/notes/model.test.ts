import assert from "node:assert/strict";
import { test } from "node:test";
import * as Y from "yjs";
import { Live } from "../../../static/src/live/protocol";
import { fromBase64, toBase64 } from "../../../static/src/notes/base64";
import { NotesModel } from "../../../static/src/notes/model";
import type { NotesStateCard } from "../../../static/src/notes/types";
import { AT } from "../support/cards";
import { FakeStorage, hello, ME, Surroundings } from "../support/surroundings";

const STREAM = "notes:5";

/** The server's side: a document, the updates it was sent, and what it says to the page. */
class Room {
  readonly world: Surroundings;
  readonly live: Live;
  readonly notes: NotesModel;
  readonly doc: Y.Doc;
  seq = 0;

  constructor(doc = new Y.Doc(), storage = new FakeStorage()) {
    this.doc = doc;
    // The smaller number stands first where two write at one place; those of pages are drawn by lot.
    doc.clientID = 0;
    this.world = new Surroundings(storage);
    this.live = new Live(ME, this.world.ports);
    this.notes = new NotesModel(this.live, STREAM, undefined, this.world.clock);
    this.live.start();
    this.connect();
  }

  connect(): void {
    this.world.socket.say(hello(this.world.clock));
    this.world.socket.say({ op: "opened", stream: STREAM, head: this.seq, state: this.state, here: [ME] });
  }

  get state(): NotesStateCard {
    const person = { country: "LV", institution: "", role: "participant", language: "lv", picture: null };
    return {
      notes: { id: 5, title: "What should we stop?", room: 7, state: "open" },
      document: toBase64(Y.encodeStateAsUpdate(this.doc)),
      rights: { post: true, why_not_post: null, post_when_open: true },
      people: { 3: { ...person, id: 3, name: "Jānis" } },
      me: ME,
    };
  }

  /** The commands on the wire that were not looked at yet. */
  commands(): { id: string; update: string }[] {
    return this.world.socket
      .sentOf("do")
      .splice(0)
      .map(({ id, data }) => ({ id: id as string, update: (data as { update: string }).update }));
  }

  get last() {
    const last = this.commands().at(-1);
    assert.ok(last, "nothing was sent");
    return last;
  }

  /** Takes what was sent last, and answers. */
  take(command = this.last): void {
    Y.applyUpdate(this.doc, fromBase64(command.update));
    this.seq += 1;
    this.world.socket.say({ op: "done", id: command.id, stream: STREAM, seq: this.seq, data: null });
    this.event("notes.updated", { update: command.update }, ME);
  }

  refuse(code: string, command = this.last): void {
    this.world.socket.say({ op: "refused", id: command.id, stream: STREAM, code, detail: "No." });
  }

  event(name: string, data: object, by = 3): void {
    const events = [{ seq: this.seq, name, at: AT, by, data }];
    this.world.socket.say({ op: "events", stream: STREAM, events });
  }

  /** Somebody else writes. */
  elsewhere(change: (text: Y.Text) => void): void {
    const before = Y.encodeStateVector(this.doc);
    change(this.doc.getText("text"));
    this.seq += 1;
    this.event("notes.updated", { update: toBase64(Y.encodeStateAsUpdate(this.doc, before)) });
  }

  type(inserted: string, at = this.text.length, removed = 0): void {
    this.notes.document.value.replace({ at, removed, inserted });
  }

  get text(): string {
    return this.notes.document.value.text;
  }

  get saved(): string {
    return this.doc.getText("text").toString();
  }
}

test("what is typed within a moment goes out together, and is saved when answered", async () => {
  const room = new Room();
  assert.equal(room.notes.saving.value, "saved");
  for (const letter of "Hello") room.type(letter);
  assert.equal(room.notes.saving.value, "saving");
  assert.equal(room.commands().length, 0);
  await room.world.clock.pass(300);
  assert.equal(room.commands().length, 1);
  room.take();
  assert.equal(room.saved, "Hello");
  assert.equal(room.notes.saving.value, "saved");
});

test("what others write comes in; a held document waits", () => {
  const room = new Room();
  room.elsewhere((text) => text.insert(0, "One"));
  assert.equal(room.text, "One");
  room.notes.document.value.hold();
  room.elsewhere((text) => text.insert(3, " two"));
  assert.equal(room.text, "One");
  room.notes.document.value.release();
  assert.equal(room.text, "One two");
});

test("what was typed without connection is few commands, outlives the page, and is sent later", async () => {
  const storage = new FakeStorage();
  const room = new Room(new Y.Doc(), storage);
  room.elsewhere((text) => text.insert(0, "Before. "));
  room.world.socket.end();
  for (let line = 0; line < 300; line += 1) {
    room.type(`Line ${line}\n`);
    await room.world.clock.pass(400);
  }
  assert.equal(room.notes.saving.value, "kept_here");
  assert.ok(room.live.outbox.items(STREAM).length <= 2);

  const again = new Room(room.doc, storage);
  again.elsewhere((text) => text.insert(0, "Meanwhile. "));
  assert.equal(again.text, `Meanwhile. ${room.text}`);
  while (again.notes.saving.value !== "saved") again.take();
  assert.equal(again.saved, again.text);
  assert.equal(storage.length, 0);
});

test("a page that is left in the middle of a word keeps it", () => {
  const storage = new FakeStorage();
  const room = new Room(new Y.Doc(), storage);
  room.type("Half a wo");
  room.world.socket.end();
  room.notes.flush();
  const again = new Room(room.doc, storage);
  assert.equal(again.text, "Half a wo");
});

test("a refusal is said, and goes out again with what is typed next", async () => {
  const room = new Room();
  room.type("Much");
  await room.world.clock.pass(300);
  room.refuse("too_large");
  assert.equal(room.notes.saving.value, "not_saved");
  assert.equal(room.notes.complaint.value, "No.");
  room.type("", 0, 2);
  await room.world.clock.pass(3_000);
  room.take();
  assert.equal(room.saved, "ch");
  assert.equal(room.notes.complaint.value, null);
  assert.equal(room.notes.saving.value, "saved");
});

test("what cannot be saved can be left out", async () => {
  const room = new Room();
  room.elsewhere((text) => text.insert(0, "Ours. "));
  room.type("Mine");
  await room.world.clock.pass(300);
  room.refuse("forbidden");
  room.notes.giveUp();
  assert.equal(room.notes.saving.value, "loading");
  assert.equal(room.world.socket.sentOf("open").at(-1)?.["after"], null);
  room.connect();
  assert.equal(room.text, "Ours. ");
  assert.equal(room.notes.saving.value, "saved");
  room.type("And again");
  await room.world.clock.pass(300);
  room.take();
  assert.equal(room.saved, "Ours. And again");
});

test("taking back is of one's own words only", async () => {
  const room = new Room();
  room.type("Mine");
  room.elsewhere((text) => text.insert(0, "Theirs "));
  assert.equal(room.notes.canUndo.value, true);
  room.notes.document.value.undo();
  assert.equal(room.text, "Theirs ");
  assert.deepEqual([room.notes.canUndo.value, room.notes.canRedo.value], [false, true]);
  room.notes.document.value.redo();
  assert.equal(room.text, "Theirs Mine");
  await room.world.clock.pass(300);
  room.take();
  assert.equal(room.saved, "Theirs Mine");
});

test("a long text goes in commands that a frame can carry", async () => {
  const room = new Room();
  const long = "Ž😀y".repeat(20_000);
  room.type(`${long}\r\0`);
  await room.world.clock.pass(300);
  const sizes: number[] = [];
  while (room.notes.saving.value !== "saved") {
    sizes.push(JSON.stringify(room.world.socket.sentOf("do").at(-1)).length);
    room.take();
  }
  assert.ok(sizes.length > 2);
  assert.ok(Math.max(...sizes) < 64 * 1024, `${sizes}`);
  assert.equal(room.saved, long);
});

test("the room closes and opens; the name changes", () => {
  const room = new Room();
  room.seq += 1;
  room.event("notes.state_set", { state: "read_only" });
  assert.equal(room.notes.rights.value?.post, false);
  assert.match(room.notes.rights.value?.why_not_post ?? "", /read-only/);
  room.seq += 1;
  room.event("notes.state_set", { state: "open" });
  assert.equal(room.notes.rights.value?.post, true);
  assert.equal(room.notes.rights.value?.why_not_post, null);
  room.seq += 1;
  room.event("notes.renamed", { title: "What should we begin?" });
  assert.equal(room.notes.card.value?.title, "What should we begin?");
});

test("who writes is shown; nobody is told of themselves", () => {
  const room = new Room();
  room.world.socket.say({ op: "signal", stream: STREAM, name: "typing", by: 3, data: {} });
  room.world.socket.say({ op: "signal", stream: STREAM, name: "typing", by: ME, data: {} });
  assert.deepEqual(room.notes.typing.people.value, [3]);
  room.notes.typed();
  assert.equal(room.world.socket.sentOf("signal").length, 1);
  room.notes.close();
});
