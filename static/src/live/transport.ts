// Bytes: keeps one connection up by the best way there is. First the WebSocket, for five seconds; if it does
// not get through, plain HTTP, while the WebSocket is tried again later. Between tries it waits with jitter.
// It knows nothing of streams: who uses it opens them again after every `hello`.

import { fullJitter } from "./backoff";
import { type Carrier, type CarrierEvents, type Doors, SITE_DOORS } from "./carrier";
import { PollCarrier } from "./poll_carrier";
import type { Hint, Ports, Timer } from "./ports";
import { ServerClock } from "./server_clock";
import { SocketCarrier } from "./socket_carrier";
import type { ClientFrame, ConnectionStatus, ServerFrame, Trouble, Way } from "./types";
import { WayMemory } from "./way_memory";

/** A connection that held this long was good: the next trouble is a new one. */
const STABLE = 10_000;
const RESTART_SPREAD = 5_000;
const ONLINE_SPREAD = 1_000;
const CALM_DOWN = 20_000;
/** So many WebSockets in a row that broke soon after `hello`, and the slow way is the better one. */
const SHORT_LIVED_SOCKETS = 3;

export interface TransportListener {
  frame(frame: ServerFrame): void;
  status(status: ConnectionStatus): void;
}

export class Transport {
  readonly serverClock: ServerClock;
  readonly #person: number;
  readonly #ports: Ports;
  readonly #doors: Doors;
  readonly #memory: WayMemory;
  #listener: TransportListener = { frame: () => {}, status: () => {} };
  #status: ConnectionStatus = { phase: "stopped", way: null, retryAt: null, trouble: null };
  #carrier: Carrier | null = null;
  #candidate: Carrier | null = null;
  #timer: Timer = null;
  #upgradeTimer: Timer = null;
  #stopHints: () => void = () => {};
  #isVisible = true;
  #failures = 0;
  #shortLived = 0;
  #liveSince = 0;

  /** Carries for this person and nobody else. */
  constructor(person: number, ports: Ports, doors: Doors = SITE_DOORS) {
    this.#person = person;
    this.#ports = ports;
    this.#doors = doors;
    this.#memory = new WayMemory(ports.clock, ports.storage);
    this.serverClock = new ServerClock(ports.clock);
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  get isVisible(): boolean {
    return this.#isVisible;
  }

  start(listener: TransportListener): void {
    this.#listener = listener;
    this.#stopHints = this.#ports.onHint((hint) => this.#heed(hint));
    this.#connect();
  }

  stop(): void {
    this.#stopHints();
    this.#letGo();
    this.#setStatus({ phase: "stopped", way: null, retryAt: null, trouble: null });
  }

  /** False when there is no connection, or when this way does not carry such frames. */
  send(frame: ClientFrame): boolean {
    return this.#status.phase === "live" && (this.#carrier?.send(frame) ?? false);
  }

  /** The person does not want to wait. */
  retryNow(): void {
    if (this.#status.phase === "waiting" || this.#status.trouble === "signed_out") this.#connect();
  }

  #connect(): void {
    this.#letGo();
    this.#setStatus({ phase: "connecting", way: null, retryAt: null, trouble: this.#status.trouble });
    const skipsSocket = this.#memory.socketIn > 0 || this.#shortLived >= SHORT_LIVED_SOCKETS;
    this.#carrier = skipsSocket ? this.#newPoll() : this.#newSocket();
  }

  #newSocket(): Carrier {
    const carrier: Carrier = new SocketCarrier(this.#ports, this.#doors.socket, this.#eventsOf(() => carrier));
    return carrier;
  }

  #newPoll(): Carrier {
    const events = this.#eventsOf(() => carrier);
    const carrier: Carrier = new PollCarrier(this.#ports, this.#doors, events, this.#isVisible);
    return carrier;
  }

  #eventsOf(carrier: () => Carrier): CarrierEvents {
    return {
      frame: (frame) => this.#hear(carrier(), frame),
      down: (trouble) => this.#fall(carrier(), trouble),
    };
  }

  #hear(carrier: Carrier, frame: ServerFrame): void {
    if (carrier !== this.#carrier && carrier !== this.#candidate) return;
    if (frame.op === "hello") {
      // Somebody else signed in on this computer: their cookie must not carry this person's words.
      if (frame.person !== this.#person) return this.#recover("signed_out");
      this.#welcome(carrier, frame.now);
    }
    if (frame.op === "pong") this.serverClock.learn(frame.now, typeof frame.t === "number" ? frame.t : null);
    this.#listener.frame(frame);
  }

  #welcome(carrier: Carrier, now: string): void {
    if (carrier === this.#candidate) {
      this.#candidate = null;
      this.#carrier?.close();
      this.#carrier = carrier;
    }
    this.serverClock.learn(now, null);
    this.#liveSince = this.#ports.clock.now();
    this.#noteWay(carrier.way);
    this.#setStatus({ phase: "live", way: carrier.way, retryAt: null, trouble: null });
  }

  #noteWay(way: Way): void {
    if (way === "websocket") return this.#memory.socketWorked();
    if (this.#memory.socketIn === 0) this.#memory.socketFailed();
    this.#planUpgrade();
  }

  #planUpgrade(): void {
    this.#ports.clock.cancel(this.#upgradeTimer);
    this.#upgradeTimer = this.#ports.clock.after(this.#memory.socketIn, () => {
      this.#shortLived = 0;
      this.#candidate = this.#newSocket();
    });
  }

  #fall(carrier: Carrier, trouble: Trouble): void {
    if (carrier === this.#candidate) {
      this.#candidate = null;
      this.#memory.socketFailed();
      return this.#planUpgrade();
    }
    if (carrier !== this.#carrier) return;
    const wasLive = this.#status.phase === "live";
    if (wasLive) this.#judge(carrier.way);
    const isBlocked = !wasLive && carrier.way === "websocket" && trouble === "network";
    if (isBlocked) this.#carrier = this.#newPoll();
    else this.#recover(trouble);
  }

  #judge(way: Way): void {
    const wasStable = this.#ports.clock.now() - this.#liveSince >= STABLE;
    if (wasStable) this.#failures = 0;
    if (way === "websocket") this.#shortLived = wasStable ? 0 : this.#shortLived + 1;
  }

  #recover(trouble: Trouble): void {
    this.#letGo();
    if (trouble === "signed_out") {
      this.#setStatus({ phase: "stopped", way: null, retryAt: null, trouble });
    } else {
      this.#wait(this.#delayFor(trouble), trouble);
    }
  }

  #delayFor(trouble: Trouble): number {
    const { random } = this.#ports;
    if (trouble === "restarting") return random() * RESTART_SPREAD;
    if (trouble === "too_many_tabs" || trouble === "flooding") return CALM_DOWN * (1 + random());
    return fullJitter(this.#failures++, random);
  }

  #wait(milliseconds: number, trouble: Trouble): void {
    this.#ports.clock.cancel(this.#timer);
    this.#timer = this.#ports.clock.after(milliseconds, () => this.#connect());
    const retryAt = this.#ports.clock.now() + milliseconds;
    this.#setStatus({ phase: "waiting", way: null, retryAt, trouble });
  }

  #heed(hint: Hint): void {
    if (hint === "visible" || hint === "hidden") this.#attend(hint === "visible");
    if (hint === "hidden") return;
    if (this.#status.phase === "live") return this.#carrier?.check();
    if (hint === "offline") return;
    // A whole office comes back online at the same moment.
    const { phase, trouble } = this.#status;
    if (phase === "waiting" && trouble === "network") this.#wait(this.#ports.random() * ONLINE_SPREAD, trouble);
    else if (trouble === "signed_out" && hint === "visible") this.#connect();
  }

  #attend(isVisible: boolean): void {
    this.#isVisible = isVisible;
    this.#carrier?.attend(isVisible);
  }

  #letGo(): void {
    this.#ports.clock.cancel(this.#timer);
    this.#ports.clock.cancel(this.#upgradeTimer);
    this.#candidate?.close();
    this.#carrier?.close();
    this.#candidate = this.#carrier = null;
  }

  #setStatus(status: ConnectionStatus): void {
    this.#status = status;
    this.#listener.status(status);
  }
}
