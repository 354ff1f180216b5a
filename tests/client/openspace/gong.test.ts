import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Gong } from "../../../static/src/openspace/gong";

let made = 0;
let struck = 0;
let allow: () => void = () => {};

class Context {
  readonly currentTime = 0;
  readonly destination = {};
  constructor() {
    made++;
  }
  resume(): Promise<void> {
    return new Promise((resolve) => (allow = resolve));
  }
  createGain(): object {
    return { gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} }, connect: () => ({ connect() {} }) };
  }
  createOscillator(): object {
    struck++;
    return { frequency: {}, connect: () => ({ connect() {} }), start() {}, stop() {} };
  }
}

/** `undefined`: one that cannot tell. */
function browser(hasBeenActive: boolean | undefined): void {
  const userActivation = hasBeenActive === undefined ? undefined : { hasBeenActive };
  Object.defineProperty(globalThis, "navigator", { value: { userActivation }, configurable: true });
  Object.defineProperty(globalThis, "AudioContext", { value: Context, configurable: true });
}

beforeEach(() => {
  made = struck = 0;
  mock.timers.reset();
  mock.timers.enable({ apis: ["Date"] });
});

async function ring(after: number): Promise<void> {
  new Gong(null).ring();
  mock.timers.tick(after);
  allow();
  await Promise.resolve();
  await Promise.resolve();
}

test("it sounds where somebody has pressed something on the page", async () => {
  browser(true);
  await ring(100);
  assert.equal(struck, 4);
});

test("it sounds where the browser cannot tell whether somebody has", async () => {
  browser(undefined);
  await ring(100);
  assert.equal(struck, 4);
});

test("nothing is asked of a browser that would refuse it", async () => {
  browser(false);
  await ring(100);
  assert.equal(made, 0);
});

test("a sound that was held back comes late, so it does not come", async () => {
  browser(true);
  await ring(60_000);
  assert.equal(made, 1);
  assert.equal(struck, 0);
});
