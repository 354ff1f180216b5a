import assert from "node:assert/strict";
import { test } from "node:test";
import { softened } from "../../../static/src/openspace/softened";

test("only long words get places to break, at their syllables", () => {
  const shown = softened("Междуведомствено сътрудничество без нови комисии").replaceAll("\u00AD", "|");
  assert.equal(shown, "Между|ве|домствено сътрудничество без нови комисии");
});
