import assert from "node:assert/strict";
import { test } from "node:test";
import { runCheck } from "../../../static/src/connection/check";
import { browserName } from "../../../static/src/connection/browser_name";
import { clockLine, LINES, reportOf, verdictOf } from "../../../static/src/connection/verdict";
import type { Findings } from "../../../static/src/connection/findings";
import { SITE_DOORS } from "../../../static/src/live/carrier";
import { type Answer, hello, ME, Surroundings } from "../support/surroundings";

const PLACE = { scheme: "HTTPS", host: "synergy.example", port: "443", socketUrl: "wss://synergy.example/ws/live/", at: 0 } as const;

interface Network {
  /** What becomes of a WebSocket. */
  socket?: "works" | "blocked" | "breaks" | "signed out";
  site?: (url: string) => Answer;
}

/** Runs the check in a network, with a server whose answers take 30 ms. */
async function checked(network: Network) {
  const world = new Surroundings();
  const now = () => new Date(world.clock.now()).toISOString();
  world.answer = network.site ?? ((url) => ({ body: { now: now(), person: ME, waited: url.includes("wait") ? 10 : 0 } }));
  const steps: string[] = [];
  const progress = { begun: (step: string) => steps.push(step), found: () => {} };
  const browser = { name: "Firefox 128" };
  let findings: Findings | null = null;
  void runCheck({ ports: world.ports, doors: SITE_DOORS, browser, cookies: true }, progress).then((found) => (findings = found));
  let served = 0;
  for (let time = 0; time < 30_000 && findings === null; time += 10) {
    await world.clock.pass(10);
    served = serve(world, network.socket ?? "works", served);
  }
  assert.ok(findings);
  return { findings: findings as Findings, verdict: verdictOf(findings), steps, took: world.clock.now(), world };
}

function serve(world: Surroundings, socket: NonNullable<Network["socket"]>, served: number): number {
  const last = world.sockets.at(-1);
  if (last === undefined || socket === "blocked" || last.isClosed) return served;
  if (served === 0 && socket !== "signed out") last.say(hello(world.clock));
  if (served === 0 && socket === "signed out") last.end(4401);
  if (served === 300 && socket === "breaks") last.end(1006);
  if (socket !== "breaks" || served < 300) {
    for (const ping of last.sentOf("ping").slice(-1)) last.say({ op: "pong", t: ping["t"], now: "2022-02-08T10:00:00Z" });
  }
  return served + 1;
}

test("all is well", async () => {
  const { findings, verdict, steps } = await checked({});
  assert.equal(verdict.title, "Live connection works.");
  assert.equal(findings.socket.outcome, "works");
  assert.ok(findings.socket.roundTrips.length >= 27, String(findings.socket.roundTrips.length));
  assert.equal(findings.socket.lost, 0);
  assert.equal(findings.polling.outcome, "works");
  assert.deepEqual(steps, ["browser", "storage", "site", "socket", "polling"]);
});

test("WebSocket is blocked: the slower way, and what to tell IT", async () => {
  const { findings, verdict } = await checked({ socket: "blocked" });
  assert.equal(verdict.title, "Your network blocks WebSocket. Synergy uses the slower way.");
  assert.equal(findings.socket.opened, null);
  const report = reportOf(findings, PLACE);
  assert.match(report, /HTTPS to synergy.example, port 443/);
  assert.match(report, /HTTP Upgrade\) to wss:\/\/synergy.example\/ws\/live\//);
  assert.match(report, /Live connection \(WebSocket\): Blocked. It did not open within 5 seconds./);
});

test("WebSocket breaks off", async () => {
  const { findings, verdict } = await checked({ socket: "breaks" });
  assert.equal(verdict.title, "Live connection works, but it breaks off.");
  assert.equal(findings.socket.closeCode, 1006);
  assert.match(LINES.socket(findings.socket).detail, /held for 3 seconds.*Close code 1006/);
});

test("signed out: the network lets it through all the same", async () => {
  const site = () => ({ body: { now: "2022-02-08T10:00:00Z", person: null, waited: 0 } });
  const { findings, verdict } = await checked({ socket: "signed out", site });
  assert.equal(verdict.level, "info");
  assert.equal(findings.polling.outcome, "unknown");
});

test("a proxy breaks off what waits", async () => {
  const site = (url: string): Answer =>
    url.includes("wait") ? "unreachable" : { body: { now: "2022-02-08T10:00:00Z", person: ME, waited: 0 } };
  const { verdict, findings } = await checked({ socket: "blocked", site });
  assert.equal(findings.polling.outcome, "cut");
  assert.equal(verdict.level, "alarm");
});

test("the site is out of reach", async () => {
  const { findings, verdict } = await checked({ socket: "blocked", site: () => "unreachable" });
  assert.equal(verdict.title, "Synergy cannot be reached now.");
  assert.deepEqual([findings.site.failures, findings.site.clockOffset, findings.polling.outcome], [5, null, "blocked"]);
});

test("a site that does not answer takes no longer than the rest", async () => {
  const { findings } = await checked({ socket: "blocked", site: () => "silence" });
  assert.equal(findings.site.roundTrips.length, 0);
});

test("a slow connection is called slow, lost answers count", async () => {
  const { findings } = await checked({});
  const slow = { ...findings, socket: { ...findings.socket, roundTrips: [300, 900, 1_000] } };
  assert.equal(verdictOf(slow).title, "Live connection works, but it is slow.");
  const lossy = { ...findings, socket: { ...findings.socket, lost: 2 } };
  assert.match(LINES.socket(lossy.socket).detail, /2 answers did not come/);
  assert.equal(verdictOf(lossy).level, "care");
});

test("cookies, storage and the clock add their own advice", async () => {
  const { findings } = await checked({});
  const poor = { ...findings, storage: { cookies: false, local: false }, site: { ...findings.site, clockOffset: 3_600_000 } };
  assert.equal(verdictOf(poor).advice.length, verdictOf(findings).advice.length + 3);
  assert.match(clockLine(poor.site).detail, /3,600 seconds behind/);
  assert.equal(clockLine({ ...poor.site, clockOffset: -200 }).word, "Good");
});

test("browsers by name", () => {
  const edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36 Edg/128.0.0.0";
  const safari = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15";
  assert.equal(browserName(edge, undefined), "Edge 128 · Windows");
  assert.equal(browserName(safari, undefined), "Safari 17.4 · macOS");
  const brands = [{ brand: "Not)A;Brand", version: "8" }, { brand: "Chromium", version: "128" }, { brand: "Google Chrome", version: "128" }];
  assert.equal(browserName(edge, { brands, platform: "Windows" }), "Google Chrome 128 · Windows");
  assert.equal(browserName("Something new", undefined), "Something new");
});
