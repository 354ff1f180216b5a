// The calls of door 2. Answers of the site are values, also its refusals; a DoorFailure means that the site
// was not reached or does not know the person any more.

import type { Doors } from "./carrier";
import type { Ports, Timer } from "./ports";
import type { DoFrame, DoneFrame, LiveEvent, RefusedFrame, StreamName, Trouble } from "./types";

const ANSWER_WITHIN = 15_000;

export class DoorFailure extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble) {
    super(trouble);
    this.trouble = trouble;
  }
}

export interface EventsAnswer {
  readonly head: number;
  readonly events: readonly LiveEvent[];
  readonly here?: readonly number[];
}

export interface StateAnswer {
  readonly head: number;
  readonly state: unknown;
  readonly here: readonly number[];
}

export interface ProbeAnswer {
  readonly now: string;
  readonly person: number | null;
  /** For how many seconds the server held the request. */
  readonly waited: number;
}

export class HttpDoor {
  readonly #ports: Ports;
  readonly #doors: Doors;
  readonly #running = new Set<AbortController>();
  #isClosed = false;

  constructor(ports: Ports, doors: Doors) {
    this.#ports = ports;
    this.#doors = doors;
  }

  /** `wait`: as in `events`; nobody waits who is not signed in. */
  async probe(wait = 0): Promise<ProbeAnswer> {
    const url = wait > 0 ? `${this.#doors.probe}?wait=${wait}` : this.#doors.probe;
    const answer = await this.#ask<ProbeAnswer>(url, {}, ANSWER_WITHIN + wait * 1000);
    if (isRefusal(answer)) throw new DoorFailure("network");
    return answer;
  }

  /** `wait`: seconds to wait at the server while there is nothing. */
  async events(stream: StreamName, after: number, wait: number): Promise<EventsAnswer | RefusedFrame> {
    const query = wait > 0 ? `after=${after}&wait=${wait}` : `after=${after}`;
    return this.#ask(`${this.#address(stream, "events")}?${query}`, {}, ANSWER_WITHIN + wait * 1000);
  }

  async state(stream: StreamName): Promise<StateAnswer | RefusedFrame> {
    return this.#ask(this.#address(stream, "state"));
  }

  async command({ id, stream, name, data }: DoFrame): Promise<DoneFrame | RefusedFrame> {
    const body = JSON.stringify({ id, name, data });
    const headers = { "content-type": "application/json" };
    const answer = await this.#ask<DoneFrame>(this.#address(stream, "commands"), { method: "POST", body, headers });
    return answer.op === "refused" ? { ...answer, id, stream } : answer;
  }

  async markRead(stream: StreamName, seq: number): Promise<void> {
    await this.#ask(`${this.#address(stream, "events")}?after=${seq}&seen=${seq}&limit=1`);
  }

  /** Breaks off what is running; its promises are rejected. */
  close(): void {
    this.#isClosed = true;
    for (const request of this.#running) request.abort();
  }

  #address(stream: StreamName, call: string): string {
    return `${this.#doors.streams}${stream}/${call}/`;
  }

  async #ask<Answer>(url: string, init: RequestInit = {}, within = ANSWER_WITHIN): Promise<Answer | RefusedFrame> {
    const request = new AbortController();
    const limit: Timer = this.#ports.clock.after(within, () => request.abort());
    this.#running.add(request);
    if (this.#isClosed) request.abort();
    try {
      const common = { signal: request.signal, cache: "no-store", credentials: "same-origin" } as const;
      return await read<Answer>(await this.#ports.fetch(url, { ...common, ...init }));
    } catch (error) {
      throw error instanceof DoorFailure ? error : new DoorFailure("network");
    } finally {
      this.#ports.clock.cancel(limit);
      this.#running.delete(request);
    }
  }
}

/** A page of a proxy in place of JSON is taken for a network that does not work. */
async function read<Answer>(response: Response): Promise<Answer | RefusedFrame> {
  if (response.status === 401) throw new DoorFailure("signed_out");
  const body = (await response.json()) as Answer | RefusedFrame;
  if (!response.ok && !isRefusal(body)) throw new DoorFailure("network");
  return body;
}

export function isRefusal(answer: unknown): answer is RefusedFrame {
  return typeof answer === "object" && answer !== null && (answer as { op?: unknown }).op === "refused";
}
