// The WebSocket. Watches that it is alive: the server sends `head` every 15 seconds, so 40 seconds of
// silence mean that nobody is there, whatever the operating system believes.

import type { Carrier, CarrierEvents } from "./carrier";
import type { Ports, SocketLike, Timer } from "./ports";
import type { ClientFrame, ServerFrame, Trouble } from "./types";

export const SUBPROTOCOL = "synergy.v1";
const HELLO_WITHIN = 5_000;
const SILENCE = 40_000;
const LOOK_EVERY = 5_000;
const PING_EVERY = 25_000;
const ANSWER_WITHIN = 5_000;

const TROUBLES: Readonly<Record<number, Trouble>> = {
  1012: "restarting",
  4503: "restarting",
  4401: "signed_out",
  4409: "too_many_tabs",
  4413: "frame_too_large",
  4429: "flooding",
};

export class SocketCarrier implements Carrier {
  readonly way = "websocket";
  readonly #ports: Ports;
  readonly #events: CarrierEvents;
  readonly #socket: SocketLike | null;
  #timer: Timer = null;
  #isUp = false;
  #isOver = false;
  #heardAt: number;
  #pingedAt: number;
  #deadline: number;

  constructor(ports: Ports, url: string, events: CarrierEvents) {
    this.#ports = ports;
    this.#events = events;
    const now = ports.clock.now();
    this.#heardAt = this.#pingedAt = now;
    this.#deadline = now + HELLO_WITHIN;
    this.#socket = this.#opened(url);
    this.#lookLater(HELLO_WITHIN);
  }

  send(frame: ClientFrame): boolean {
    if (!this.#isUp || this.#isOver) return false;
    this.#socket?.send(JSON.stringify(frame));
    return true;
  }

  check(): void {
    if (!this.#isUp || this.#isOver) return;
    this.#deadline = Math.min(this.#deadline, this.#ports.clock.now() + ANSWER_WITHIN);
    this.#ping();
    this.#lookLater(ANSWER_WITHIN);
  }

  attend(): void {}

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#ports.clock.cancel(this.#timer);
    this.#socket?.close(1000);
  }

  #opened(url: string): SocketLike | null {
    try {
      const socket = this.#ports.openSocket(url, SUBPROTOCOL);
      socket.onmessage = ({ data }) => this.#hear(data);
      socket.onclose = ({ code }) => this.#fall(TROUBLES[code] ?? "network");
      return socket;
    } catch {
      // Some browsers throw where a policy forbids WebSockets.
      this.#ports.clock.after(0, () => this.#fall("network"));
      return null;
    }
  }

  #hear(data: unknown): void {
    if (this.#isOver) return;
    const frame = JSON.parse(String(data)) as ServerFrame;
    this.#heardAt = this.#ports.clock.now();
    this.#deadline = this.#heardAt + SILENCE;
    if (frame.op === "hello") {
      this.#isUp = true;
      this.#lookLater(LOOK_EVERY);
    }
    this.#events.frame(frame);
    if (frame.op === "hello") this.#ping();
  }

  #lookLater(milliseconds: number): void {
    this.#ports.clock.cancel(this.#timer);
    this.#timer = this.#ports.clock.after(milliseconds, () => this.#look());
  }

  #look(): void {
    const now = this.#ports.clock.now();
    if (now >= this.#deadline) return this.#fall("network");
    if (this.#isUp && now - this.#pingedAt >= PING_EVERY) this.#ping();
    this.#lookLater(Math.min(LOOK_EVERY, this.#deadline - now));
  }

  #ping(): void {
    this.#pingedAt = this.#ports.clock.now();
    this.send({ op: "ping", t: this.#pingedAt });
  }

  #fall(trouble: Trouble): void {
    if (this.#isOver) return;
    this.close();
    this.#events.down(trouble);
  }
}
