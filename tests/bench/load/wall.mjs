// The people at one wall: what they change, and when everybody has it. Each change is one event, which is
// found by the number that its command is answered with.

import { COLON_SEQ } from "./dialects.mjs";
import { Crowd } from "./crowd.mjs";

export class WallCrowd extends Crowd {
  /** {sentAt, seq, cell, number} of every change; `seq` is null until it is answered. */
  #changes = [];
  #byId = new Map();
  /** seq → when each member had it. */
  #arrivals = new Map();

  begin() {
    this.#changes = [];
    this.#byId.clear();
    this.#arrivals.clear();
  }

  hear(member, bytes, start, end) {
    if (!this.dialect.heard(bytes, start, end, member)) return;
    this.frames += 1;
    this.bytes += end - start;
    const now = performance.now();
    let at = bytes.indexOf(COLON_SEQ, start);
    while (at >= 0 && at < end) {
      at += COLON_SEQ.length;
      let seq = 0;
      for (; bytes[at] >= 48 && bytes[at] <= 57; at++) seq = seq * 10 + bytes[at] - 48;
      this.inOrder(member, seq);
      this.deliveries += 1;
      const times = this.#arrivals.get(seq);
      if (times) times.push(now);
      else this.#arrivals.set(seq, [now]);
      at = bytes.indexOf(COLON_SEQ, at);
    }
  }

  /** A member goes to the next of two spaces. */
  go(move) {
    move.turn = (move.turn ?? 0) + 1;
    this.#act(move.member, "person.move", { space: move.spaces[move.turn % 2] });
  }

  /** A topic moves to stand beside another, or back to where it stood alone. */
  place(placement) {
    const { member, topic, number, home, away, beside } = placement;
    const isAway = placement.isAway ?? false;
    const [from, to] = isAway ? [away, home] : [home, away];
    placement.isAway = !isAway;
    const data = { topic, slot: to.slot, space: to.space, from_slot: from.slot, beside: isAway ? [] : [beside] };
    this.#act(member, "topic.place", data, { number, cell: `${to.slot}:${to.space}` });
  }

  #act(index, name, data, more = {}) {
    const member = this.members[index];
    member.whenDone ??= (bytes, start, end) => this.#answered(JSON.parse(bytes.toString("utf8", start, end)));
    const change = { sentAt: performance.now(), seq: null, ...more };
    this.#changes.push(change);
    this.#byId.set(this.dialect.act(member, name, data), change);
  }

  #answered(frame) {
    const change = this.#byId.get(frame.id);
    if (change) change.seq = frame.seq;
  }

  get isComplete() {
    return this.#changes.every(({ seq }) => this.#arrivals.get(seq)?.length === this.members.length);
  }

  /** In ms: `all` is until the last member has it. `placed` holds moments of the Unix clock, for a screen. */
  figures() {
    const heard = this.#changes.filter(({ seq }) => this.#arrivals.has(seq));
    const each = heard.flatMap(({ seq, sentAt }) => this.#arrivals.get(seq).map((time) => time - sentAt));
    const all = heard.map(({ seq, sentAt }) => Math.max(...this.#arrivals.get(seq)) - sentAt);
    const placed = heard.filter(({ cell }) => cell);
    return {
      changes: this.#changes.length,
      each: percentiles(each),
      all: percentiles(all),
      placed: placed.map(({ cell, number, sentAt }) => ({ cell, number, at: performance.timeOrigin + sentAt })),
    };
  }
}

function percentiles(some) {
  const sorted = Float64Array.from(some).sort();
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50_ms: at(0.5), p99_ms: at(0.99), max_ms: at(1) };
}
