// The members of one room: what they heard, whether it was in order, and when everyone had it.

import { COLON_SEQ } from "./dialects.mjs";
import { Socket } from "./socket.mjs";

const MARK = Buffer.from('"text":');
const DIGITS = 8;
const SLOTS = 1 << 16;
const ACKNOWLEDGE_EVERY = 500;

export class Member {
  socket = null;
  last = null;
  acknowledged = 0;
  whenOpened = null;
  whenRefused = null;
  whenDone = null;

  constructor(crowd) {
    this.crowd = crowd;
  }

  trouble(what) {
    this.crowd.troubles.push(what);
  }
}

export class Crowd {
  members = [];
  troubles = [];
  /** Called with the number of a message when the last member has received it. */
  onEverybody = () => {};
  /** Filled with a delay in ms for each delivery while it is an array. */
  delays = null;
  deliveries = 0;
  frames = 0;
  bytes = 0;
  doubled = 0;
  missing = 0;
  dialect;
  #number = 0;
  #sentAt = new Float64Array(SLOTS);
  #count = new Uint16Array(SLOTS);
  #timers = [];

  constructor(dialect) {
    this.dialect = dialect;
  }

  async connect(count, { room, from = 0, enter = true, at = 40 } = {}) {
    const added = [];
    for (let done = 0; done < count; done += at) {
      const some = Array.from({ length: Math.min(at, count - done) }, (_, k) => this.#join(from + done + k, room, enter));
      added.push(...(await Promise.all(some)));
    }
    this.members.push(...added);
    return added;
  }

  async #join(index, room, enter) {
    const member = new Member(this);
    member.socket = await Socket.open(this.dialect.connect(index, room));
    member.socket.onText = (bytes, start, end) => this.hear(member, bytes, start, end);
    member.socket.onClose = (code) => member.trouble({ closed: code });
    if (enter) await this.dialect.enter(member);
    return member;
  }

  /** What a browser does while it is open: acknowledges once a second, and now and then says it is there. */
  stayAlive() {
    if (!this.dialect.acknowledges) return;
    const each = (seconds, act) => this.#timers.push(setInterval(() => this.members.forEach(act), seconds * 1000));
    each(1, (member) => this.acknowledge(member));
    each(30, (member) => this.dialect.keepAlive(member));
  }

  leave() {
    this.#timers.forEach(clearInterval);
    this.members.forEach((member) => member.socket.destroy());
    this.members = [];
  }

  /** Sends the next message, from member `from`; 160 bytes of text, the first of them its number. */
  say(from) {
    const number = this.#number++;
    const slot = number % SLOTS;
    this.#sentAt[slot] = performance.now();
    this.#count[slot] = 0;
    this.dialect.say(this.members[from % this.members.length], textOf(number));
    return number;
  }

  hear(member, bytes, start, end) {
    if (!this.dialect.heard(bytes, start, end, member)) return;
    this.frames += 1;
    this.bytes += end - start;
    const now = this.delays ? performance.now() : 0;
    let at = bytes.indexOf(COLON_SEQ, start);
    while (at >= 0 && at < end) {
      at += COLON_SEQ.length;
      if (bytes[at] === 32) at += 1;
      let seq = 0;
      for (; bytes[at] >= 48 && bytes[at] <= 57; at++) seq = seq * 10 + bytes[at] - 48;
      this.inOrder(member, seq);
      at = bytes.indexOf(MARK, at) + MARK.length;
      while (bytes[at] < 48 || bytes[at] > 57) at++;
      let number = 0;
      for (const stop = at + DIGITS; at < stop; at++) number = number * 10 + bytes[at] - 48;
      this.#delivered(number, now);
      at = bytes.indexOf(COLON_SEQ, at);
    }
    if (this.dialect.acknowledges && member.last - member.acknowledged >= ACKNOWLEDGE_EVERY) this.acknowledge(member);
  }

  inOrder(member, seq) {
    const expected = member.last === null ? seq : member.last + 1;
    if (seq > expected) this.missing += seq - expected;
    if (seq < expected) this.doubled += 1;
    else member.last = seq;
  }

  #delivered(number, now) {
    const slot = number % SLOTS;
    this.deliveries += 1;
    if (this.delays) this.delays.push(now - this.#sentAt[slot]);
    if (++this.#count[slot] === this.members.length) this.onEverybody(number);
  }

  acknowledge(member) {
    if (member.last === null || member.last === member.acknowledged) return;
    member.acknowledged = member.last;
    this.dialect.acknowledge(member);
  }
}

/** 160 bytes that begin with the number. */
export function textOf(number) {
  const head = `${String(number).padStart(DIGITS, "0")} `;
  return head + "The office answers within three days. ".repeat(5).slice(0, 160 - head.length);
}
