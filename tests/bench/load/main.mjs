// The load generator: reads one JSON task per line, does it, answers with one JSON line.
// One process per contender; what is measured about the server is measured by the caller, around a task.

import { createInterface } from "node:readline";
import { Crowd, textOf } from "./crowd.mjs";
import { DIALECTS } from "./dialects.mjs";
import { WallCrowd } from "./wall.mjs";

const PATIENCE = 30_000;
let options;
let dialect;
let crowd;
let idlers;
let writers;

const secondsSince = (since) => (performance.now() - since) / 1000;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Everybody enters the room. */
async function gather(task) {
  options = task;
  dialect = DIALECTS[task.dialect](task);
  crowd = task.isWall ? new WallCrowd(dialect) : new Crowd(dialect);
  await crowd.connect(task.members);
  crowd.stayAlive();
  return { members: crowd.members.length };
}

/** Keeps `inFlight` messages on their way for `seconds`: the next is sent when everybody has one. */
async function flood({ inFlight, seconds: duration }) {
  const before = counts();
  const start = performance.now();
  let sent = 0;
  let waiting = 0;
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  const next = () => (waiting++, crowd.say(sent++));
  crowd.onEverybody = () => {
    waiting -= 1;
    if (secondsSince(start) < duration) next();
    else if (waiting === 0) finish(true);
  };
  for (let i = 0; i < inFlight; i++) next();
  const complete = await Promise.race([finished, sleep(duration * 1000 + PATIENCE).then(() => false)]);
  crowd.onEverybody = () => {};
  return { ...since(before), seconds: secondsSince(start), messages: sent, complete };
}

/** Sends `rate` messages a second and takes the time of every delivery. */
async function pace({ rate, seconds: duration }) {
  const before = counts();
  const start = performance.now();
  crowd.delays = [];
  let sent = 0;
  let arrived = 0;
  crowd.onEverybody = () => (arrived += 1);
  while (secondsSince(start) < duration) {
    while (sent < secondsSince(start) * rate) crowd.say(sent++);
    await sleep(1);
  }
  const end = performance.now() + PATIENCE;
  while (arrived < sent && performance.now() < end) await sleep(5);
  const delays = Float64Array.from(crowd.delays).sort();
  crowd.delays = null;
  crowd.onEverybody = () => {};
  const at = (share) => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))];
  return {
    ...since(before),
    messages: sent,
    complete: arrived === sent,
    p50_ms: at(0.5),
    p99_ms: at(0.99),
    max_ms: at(1),
  };
}

/** People at a wall go, and place their topics: `rate` changes a second, each heard by all. */
async function change({ rate, seconds: duration, moves, placements }) {
  const before = counts();
  const start = performance.now();
  crowd.begin();
  let sent = 0;
  while (secondsSince(start) < duration) {
    if (sent % 2 === 0) crowd.go(moves[(sent / 2) % moves.length]);
    else crowd.place(placements[((sent - 1) / 2) % placements.length]);
    sent += 1;
    await sleep(Math.max(0, (sent / rate) * 1000 - (performance.now() - start)));
  }
  const end = performance.now() + PATIENCE;
  while (!crowd.isComplete && performance.now() < end) await sleep(5);
  return { ...since(before), ...crowd.figures(), complete: crowd.isComplete };
}

/** `count` people who only write: they hear nothing but their answers. */
async function writersCome({ count }) {
  writers = new Crowd(dialect);
  const alone = options.dialect !== "synergy";
  for (let i = 0; i < count; i++) await writers.connect(1, { from: i, ...(alone ? { room: `writer${i}` } : { enter: false }) });
  return { writers: count };
}

/** Each writer has one message in flight: how many become durable. */
async function write({ seconds: duration }) {
  const start = performance.now();
  let done = 0;
  let waiting = 0;
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  const next = (member) => (waiting++, dialect.say(member, textOf(done)));
  for (const member of writers.members) {
    const answered = () => {
      waiting -= 1;
      done += 1;
      if (secondsSince(start) < duration) next(member);
      else if (waiting === 0) finish();
    };
    if (dialect.acknowledges) member.whenDone = answered;
    else member.socket.onText = answered;
    next(member);
  }
  await Promise.race([finished, sleep(duration * 1000 + PATIENCE)]);
  const taken = secondsSince(start);
  const troubles = writers.troubles;
  writers.leave();
  return { messages: done, seconds: taken, per_second: done / taken, troubles, unanswered: waiting };
}

/** Everybody stops hearing the room, and hears it again. */
async function stepOut() {
  crowd.members.forEach((member) => dialect.stepOut?.(member));
  return {};
}

async function stepIn() {
  if (dialect.stepOut) await Promise.all(crowd.members.map((member) => dialect.enter(member)));
  return {};
}

/** More people, who only listen. */
async function idle({ count }) {
  idlers ??= new Crowd(dialect);
  await idlers.connect(count, { at: 25 });
  return { idle: idlers.members.length };
}

async function idleLeave() {
  idlers?.leave();
  idlers = undefined;
  return {};
}

/** `count` people come back at the same moment; each has missed what came after `after`. */
async function comeBack({ count, missed }) {
  while (crowd.members[0].last < missed) await flood({ inFlight: 64, seconds: 1 });
  const head = crowd.members[0].last;
  const group = new Crowd(dialect);
  const start = performance.now();
  const returned = await group.connect(count, { enter: false, at: count });
  const connected = secondsSince(start);
  let slowest = 0;
  const back = returned.map(async (member) => {
    member.last = head - missed;
    await dialect.enter(member, member.last);
    while (member.last < head && secondsSince(start) * 1000 < PATIENCE) await sleep(2);
    if (member.last < head) throw new Error(`somebody has ${member.last} of ${head}: ${JSON.stringify(group.troubles)}`);
    slowest = Math.max(slowest, secondsSince(start));
  });
  await Promise.all(back);
  const { deliveries, frames, missing, doubled } = group;
  group.leave();
  return { seconds: slowest, connected, deliveries, frames, missing, doubled, troubles: group.troubles.length };
}

async function leave() {
  crowd.leave();
  return {};
}

function counts() {
  const { deliveries, frames, bytes, doubled, missing } = crowd;
  return { deliveries, frames, bytes, doubled, missing, troubles: crowd.troubles.length, cpu: process.cpuUsage() };
}

function since(before) {
  const now = counts();
  const passed = Object.fromEntries(Object.keys(before).map((name) => [name, now[name] - before[name]]));
  const { user, system } = process.cpuUsage(before.cpu);
  return { ...passed, cpu: undefined, client_cpu: (user + system) / 1e6, last_trouble: crowd.troubles.at(-1) };
}

const TASKS = { gather, flood, pace, change, writersCome, write, stepOut, stepIn, idle, idleLeave, comeBack, leave };

for await (const line of createInterface({ input: process.stdin })) {
  const { task, ...rest } = JSON.parse(line);
  try {
    console.log(JSON.stringify(await TASKS[task](rest)));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error?.stack ?? error) }));
  }
}
process.exit();
