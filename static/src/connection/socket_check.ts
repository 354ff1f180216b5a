// Opens a WebSocket of its own, sends a ping twice a second, and sees whether it lasts.

import type { Ports, SocketLike, Timer } from "../live/ports";
import { SUBPROTOCOL } from "../live/socket_carrier";
import type { SocketFinding, SocketOutcome } from "./findings";

const OPEN_WITHIN = 5_000;
const PING_EVERY = 500;
/** An answer that is later than this counts as lost. */
const ANSWER_WITHIN = 2_000;
const TURNED_AWAY: Readonly<Record<number, SocketOutcome>> = { 4401: "signed_out", 4409: "full" };

export class SocketCheck {
  readonly #ports: Ports;
  readonly #start: number;
  readonly #pings = new Map<number, number>();
  readonly #roundTrips: number[] = [];
  #socket: SocketLike | null = null;
  #timer: Timer = null;
  #openedAt: number | null = null;
  #settle: (finding: SocketFinding) => void = () => {};

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#start = ports.clock.now();
  }

  /** Never rejects. `lasting`: for how long it should hold, at least 5 seconds. */
  run(url: string, lasting: number): Promise<SocketFinding> {
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#open(url);
      this.#after(OPEN_WITHIN, () => this.#openedAt === null && this.#end("blocked", null));
      this.#after(lasting, () => this.#end("works", null));
    });
  }

  #open(url: string): void {
    try {
      const socket = this.#ports.openSocket(url, SUBPROTOCOL);
      socket.onmessage = ({ data }) => this.#hear(JSON.parse(String(data)) as { op: string; t?: unknown });
      socket.onclose = ({ code }) => this.#closed(code);
      this.#socket = socket;
    } catch {
      this.#end("blocked", null);
    }
  }

  #hear(frame: { op: string; t?: unknown }): void {
    const now = this.#ports.clock.now();
    if (frame.op === "hello") {
      this.#openedAt = now;
      this.#ping(0);
    }
    const sentAt = frame.op === "pong" ? this.#pings.get(Number(frame.t)) : undefined;
    if (sentAt === undefined) return;
    this.#pings.delete(Number(frame.t));
    this.#roundTrips.push(now - sentAt);
  }

  #ping(number: number): void {
    this.#pings.set(number, this.#ports.clock.now());
    this.#socket?.send(JSON.stringify({ op: "ping", t: number }));
    this.#timer = this.#after(PING_EVERY, () => this.#ping(number + 1));
  }

  #closed(code: number): void {
    this.#end(TURNED_AWAY[code] ?? (this.#openedAt === null ? "blocked" : "broke"), code);
  }

  #end(outcome: SocketOutcome, closeCode: number | null): void {
    const now = this.#ports.clock.now();
    const since = this.#openedAt;
    this.#ports.clock.cancel(this.#timer);
    if (this.#socket !== null) this.#socket.onclose = this.#socket.onmessage = null;
    this.#socket?.close(1000);
    this.#settle({
      outcome,
      opened: since === null ? null : since - this.#start,
      roundTrips: this.#roundTrips,
      lost: [...this.#pings.values()].filter((sentAt) => now - sentAt >= ANSWER_WITHIN).length,
      held: since === null ? 0 : now - since,
      closeCode,
    });
  }

  #after(milliseconds: number, run: () => void): Timer {
    return this.#ports.clock.after(milliseconds, run);
  }
}
