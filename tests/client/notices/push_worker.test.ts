import assert from "node:assert/strict";
import { test } from "node:test";
import { stateOf, toBase64url } from "../../../static/src/notices/push_switch";
import { opened, shown } from "../../../static/src/notices/push_worker";
import type { WorkerScope } from "../../../static/src/notices/push_worker";

const SITE = "https://synergy.example";
const SAID = { title: "Questions", body: "Lucia asks", address: "/plans/1/?notice=7#a", tag: "notice-7", language: "sk" };

/** A browser with these pages open; what was done stands in `done`. */
function browser(...pages: [url: string, visibilityState: string][]): WorkerScope & { done: unknown[] } {
  const done: unknown[] = [];
  const open = pages.map(([path, visibilityState]) => ({
    url: SITE + path,
    visibilityState,
    focus: async () => done.push(["focus", path]),
  }));
  return {
    done,
    location: { origin: SITE },
    registration: { showNotification: async (title, options) => void done.push(["show", title, options]) },
    clients: { matchAll: async () => open, openWindow: async (address) => done.push(["open", address]) },
    fetch: async (address) => done.push(["fetch", address]),
  };
}

test("a push shows what it says, and nothing while a page of the site is seen", async () => {
  const away = browser(["/rooms/", "hidden"]);
  await shown(away, JSON.stringify(SAID));
  const data = `${SITE}/plans/1/?notice=7#a`;
  assert.deepEqual(away.done, [["show", "Questions", { body: "Lucia asks", tag: "notice-7", lang: "sk", data }]]);
  const here = browser(["/rooms/", "visible"]);
  await shown(here, JSON.stringify(SAID));
  assert.deepEqual(here.done, []);
});

test("a press goes to the page that is open, else opens one; on this site alone", async () => {
  const address = `${SITE}/plans/1/?notice=7`;
  const open = browser(["/rooms/", "hidden"], ["/plans/1/#b", "hidden"]);
  await opened(open, address);
  assert.deepEqual(open.done, [["focus", "/plans/1/#b"], ["fetch", address]]);
  const other = browser(["/rooms/", "hidden"]);
  await opened(other, address);
  assert.deepEqual(other.done, [["open", address]]);
  for (const bad of ["https://evil.example/x", "//evil.example/", "javascript:alert(1)", "https://["]) {
    const led = browser();
    await opened(led, bad);
    assert.deepEqual(led.done, [["open", `${SITE}/`]]);
  }
});

test("what the page says of this browser", () => {
  const on = { isSupported: true, permission: "granted", isKept: true, isSubscribed: true } as const;
  assert.equal(stateOf(on), "on");
  assert.equal(stateOf({ ...on, isKept: false }), "off");
  assert.equal(stateOf({ ...on, isSubscribed: false }), "off");
  assert.equal(stateOf({ ...on, permission: "default" }), "off");
  assert.equal(stateOf({ ...on, permission: "denied" }), "blocked");
  assert.equal(stateOf({ ...on, isSupported: false }), "unsupported");
  assert.equal(toBase64url(new Uint8Array([251, 255, 0])), "-_8A");
});
