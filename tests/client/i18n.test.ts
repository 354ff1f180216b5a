import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  compareNames,
  dayOf,
  formatDate,
  formatDay,
  formatMoment,
  formatNumber,
  formatSize,
  formatTime,
  t,
  tn,
  useLocale,
} from "../../static/src/i18n";

beforeEach(() => useLocale({}));

/** As the server tells it: the form for 0 … 199. */
function forms(formOf: (n: number) => number): string {
  return Array.from({ length: 200 }, (_, n) => formOf(n)).join("");
}

const POLISH = forms((n) => (n === 1 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2));
const LATVIAN = forms((n) => (n % 10 === 1 && n % 100 !== 11 ? 0 : n !== 0 ? 1 : 2));

test("text, with parameters, in English without a catalog", () => {
  assert.equal(t("Trying again in {seconds} seconds.", { seconds: 4 }), "Trying again in 4 seconds.");
  assert.equal(t("{unknown} stays"), "{unknown} stays");
  assert.equal(tn("{n} person", "{n} people", 1), "1 person");
  assert.equal(tn("{n} person", "{n} people", 0), "0 people");
});

test("the catalog's text; without one, English", () => {
  useLocale({ language: "hu", catalog: { messages: { Send: "Küldés", Empty: "" } } });
  assert.equal(t("Send"), "Küldés");
  assert.equal(t("Empty"), "Empty");
  assert.equal(t("Delete"), "Delete");
});

test("plurals by the forms of the language", () => {
  useLocale({ language: "pl", catalog: { messages: { "{n} person": ["{n} osoba", "{n} osoby", "{n} osób"] }, forms: POLISH } });
  const said = [1, 2, 5, 12, 22, 112, 122, 1001].map((n) => tn("{n} person", "{n} people", n).replace(/\s/g, " "));
  assert.deepEqual(said, ["1 osoba", "2 osoby", "5 osób", "12 osób", "22 osoby", "112 osób", "122 osoby", "1001 osób"]);
  useLocale({ language: "lv", catalog: { messages: { r: ["viena {n}", "daudz {n}", "nav {n}"] }, forms: LATVIAN } });
  assert.deepEqual([0, 1, 11, 21, 200, 201].map((n) => tn("r", "rs", n).split(" ")[0]), ["nav", "viena", "daudz", "viena", "daudz", "viena"]);
});

test("times in the reader's zone", () => {
  const at = "2022-02-08T22:30:00Z";
  useLocale({ language: "en", zone: "Europe/Warsaw" });
  assert.equal(formatTime(at), "23:30");
  assert.equal(dayOf(at), "2022-02-08");
  assert.match(formatDay(at, "2022-05-01"), /^Tuesday,? 8 February$/);
  assert.match(formatDay(at, "2023-05-01"), /2022/);
  assert.match(formatMoment(at), /8 February 2022.*23:30.*CET/);
  useLocale({ language: "en", zone: "Europe/Warsaw", zoneName: "Warsaw time" });
  assert.match(formatMoment(at), /8 February 2022.*23:30 \(Warsaw time\)/);
  useLocale({ language: "bg", zone: "Europe/Sofia" });
  assert.equal(formatTime(at), "00:30");
  assert.equal(dayOf(at), "2022-02-09");
  assert.match(formatDay(at, at), /сряда/);
});

test("numbers, sizes and the order of names", () => {
  useLocale({ language: "hu" });
  assert.equal(formatNumber(1.5), "1,5");
  assert.match(formatSize(3_200_000), /3,2\sMB/);
  assert.match(formatSize(900), /900\sbájt/);
  useLocale({ language: "sk" });
  assert.deepEqual(["cukor", "chata", "hora"].sort(compareNames), ["cukor", "hora", "chata"]);
});

test("a day by itself is the same in every zone", () => {
  for (const zone of ["Pacific/Auckland", "Europe/Warsaw", "Pacific/Honolulu"]) {
    useLocale({ zone });
    assert.equal(formatDate("2022-02-08", "2022-06-01T12:00:00Z"), "Tuesday 8 February");
    assert.equal(formatDate("2023-02-08", "2022-06-01T12:00:00Z"), "Wednesday, 8 February 2023");
  }
});
