import assert from "node:assert/strict";
import { test } from "node:test";
import { isTooLarge } from "../../../static/src/shell/file_limit";

test("a file is too large above the limit, and one of several is enough", () => {
  assert.equal(isTooLarge([{ size: 10 }], "10"), false);
  assert.equal(isTooLarge([{ size: 1 }, { size: 11 }], "10"), true);
  assert.equal(isTooLarge([{ size: 11 }], undefined), false);
});
