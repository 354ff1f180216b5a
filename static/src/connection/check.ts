// The check itself: 20 seconds, one step after the other where they would disturb each other. No DOM.

import type { Doors } from "../live/carrier";
import { HttpDoor } from "../live/http_door";
import type { Keep, Ports } from "../live/ports";
import { ServerClock } from "../live/server_clock";
import type { BrowserFinding, Findings, PollingFinding, SiteFinding, Step, StorageFinding } from "./findings";
import { SocketCheck } from "./socket_check";

export const DURATION = 20_000;
const PROBES = 5;
const PROBING_AT_MOST = 5_000;
const SOCKET_LASTING = 14_000;
/** Seconds that a request waits at the server, as the slower way lets it. */
const WAIT = 10;

export interface Surroundings {
  readonly ports: Ports;
  readonly doors: Doors;
  readonly browser: BrowserFinding;
  readonly cookies: boolean;
}

/** Tells of each step when it begins, and what it found when it ends. */
export interface Progress {
  begun(step: Step): void;
  found(found: Partial<Findings>): void;
}

export async function runCheck({ ports, doors, browser, cookies }: Surroundings, progress: Progress): Promise<Findings> {
  const note = async <Key extends Step>(step: Key, work: Findings[Key] | Promise<Findings[Key]>) => {
    progress.begun(step);
    const finding = await work;
    progress.found({ [step]: finding } as unknown as Partial<Findings>);
    return finding;
  };
  await note("browser", browser);
  const storage = await note("storage", { cookies, local: keeps(ports.storage) });
  const site = await note("site", probeSite(ports, doors));
  const [socket, polling] = await Promise.all([
    note("socket", new SocketCheck(ports).run(doors.socket, SOCKET_LASTING)),
    note("polling", waitAtServer(ports, doors, site)),
  ]);
  return { browser, storage, site, socket, polling };
}

function keeps(storage: Keep | null): StorageFinding["local"] {
  const key = "synergy.check";
  try {
    storage?.setItem(key, "1");
    const isKept = storage?.getItem(key) === "1";
    storage?.removeItem(key);
    return isKept;
  } catch {
    return false;
  }
}

async function probeSite(ports: Ports, doors: Doors): Promise<SiteFinding> {
  const door = new HttpDoor(ports, doors);
  const serverClock = new ServerClock(ports.clock);
  const start = ports.clock.now();
  const limit = ports.clock.after(PROBING_AT_MOST, () => door.close());
  const roundTrips: number[] = [];
  let failures = 0;
  let person: number | null = null;
  while (roundTrips.length + failures < PROBES && ports.clock.now() - start < PROBING_AT_MOST) {
    const sentAt = ports.clock.now();
    try {
      const answer = await door.probe();
      roundTrips.push(ports.clock.now() - sentAt);
      serverClock.learn(answer.now, sentAt);
      person = answer.person;
    } catch {
      failures += 1;
    }
  }
  ports.clock.cancel(limit);
  return { roundTrips, failures, clockOffset: roundTrips.length > 0 ? serverClock.offset : null, person };
}

async function waitAtServer(ports: Ports, doors: Doors, site: SiteFinding): Promise<PollingFinding> {
  if (site.roundTrips.length === 0) return { outcome: "blocked", waited: 0 };
  const start = ports.clock.now();
  const waited = () => ports.clock.now() - start;
  try {
    const answer = await new HttpDoor(ports, doors).probe(WAIT);
    return { outcome: answer.waited ? "works" : "unknown", waited: waited() };
  } catch {
    return { outcome: "cut", waited: waited() };
  }
}
