import assert from "node:assert/strict";
import { test } from "node:test";
import { fold } from "../../../static/src/room/composing/fold";
import { askedAt, completed, mentionedIn, offers } from "../../../static/src/room/composing/mention";
import type { PersonCard } from "../../../static/src/room/types";

function person(id: number, name: string): PersonCard {
  return { id, name, country: "PL", institution: "Office", role: "participant", language: "en", picture: null };
}

const JANIS = person(1, "Jānis Krūmiņš");
const MALGORZATA = person(2, "Małgorzata Żuławska");
const PETERNE = person(3, "Boros Péterné");
const JORDANKA = person(4, "Йорданка Стоянова");
const EVERYBODY = [JANIS, MALGORZATA, PETERNE, JORDANKA];

const names = (people: readonly PersonCard[]) => people.map(({ name }) => name);

test("search keys have no case and no accents, in every alphabet", () => {
  assert.deepEqual(["Źrebiec", "Łódź", "Krūmiņš", "Őr", "Йорданка", "Straße"].map(fold), [
    "zrebiec",
    "lodz",
    "krumins",
    "or",
    "yordanka",
    "strasse",
  ]);
});

test("an @ asks for a name where a word may begin", () => {
  assert.deepEqual(askedAt("Ask @kru", 8), { from: 4, query: "kru" });
  assert.deepEqual(askedAt("@", 1), { from: 0, query: "" });
  assert.deepEqual(askedAt("(@jā", 4), { from: 1, query: "jā" });
  assert.deepEqual(askedAt("Ask @kru and more", 8), { from: 4, query: "kru" });
});

test("no name is asked for in an address, after a line break or in the sentence that goes on", () => {
  for (const text of ["anna@office", "Ask @ 5", "Ask @Jānis\nthen", "Ask @Jānis Krūmiņš what he thinks", "plain"]) {
    assert.equal(askedAt(text, text.length), null, text);
  }
});

test("people are found by the beginning of any word of their name", () => {
  assert.deepEqual(names(offers(EVERYBODY, "zul", new Set())), ["Małgorzata Żuławska"]);
  assert.deepEqual(names(offers(EVERYBODY, "peterne", new Set())), ["Boros Péterné"]);
  assert.deepEqual(names(offers(EVERYBODY, "йор", new Set())), ["Йорданка Стоянова"]);
  assert.deepEqual(names(offers(EVERYBODY, "yor", new Set())), ["Йорданка Стоянова"]);
  assert.deepEqual(names(offers(EVERYBODY, "oros", new Set())), []);
});

test("those who are here come first, then the alphabet", () => {
  assert.deepEqual(names(offers(EVERYBODY, "", new Set([3]))).slice(0, 3), [
    "Boros Péterné",
    "Jānis Krūmiņš",
    "Małgorzata Żuławska",
  ]);
});

test("a name that is written out, with a space behind it, is not offered again", () => {
  assert.deepEqual(offers(EVERYBODY, "Jānis Krūmiņš ", new Set()), []);
  assert.deepEqual(names(offers(EVERYBODY, "Jānis Krūmiņš", new Set())), ["Jānis Krūmiņš"]);
});

test("the name takes the place of what was asked", () => {
  const text = "Ask @kru please";
  assert.deepEqual(completed(text, { from: 4, query: "kru" }, 8, JANIS), {
    text: "Ask @Jānis Krūmiņš please",
    caret: 19,
  });
  assert.deepEqual(completed("@kru", { from: 0, query: "kru" }, 4, JANIS), { text: "@Jānis Krūmiņš ", caret: 15 });
});

test("mentioned is who is named whole", () => {
  assert.deepEqual(mentionedIn("@Jānis Krūmiņš, and @Boros Péterné?", EVERYBODY, new Set()), [1, 3]);
  assert.deepEqual(mentionedIn("@Jānis Krūmiņšs and Boros Péterné", EVERYBODY, new Set()), []);
});

test("of two with one name the chosen one is meant", () => {
  const other = person(9, "Boros Péterné");
  assert.deepEqual(mentionedIn("@Boros Péterné", [PETERNE, other], new Set([9])), [9]);
  assert.deepEqual(mentionedIn("@Boros Péterné", [PETERNE, other], new Set()), [3, 9]);
});
