// What a person does in a gathering, as commands of the live protocol.

import { type ReadonlySignal, signal } from "@preact/signals";
import { t } from "../i18n";
import { OutboxFull, type Refusal } from "../live/outbox";
import type { Following, Live } from "../live/protocol";
import { CommandRefused } from "../live/sender";
import type { CommandData, CommandName } from "./types";

/** `present`, for a `conflict`: what stands there now. */
export type Answer =
  | { readonly isDone: true; readonly id: string; readonly data: unknown }
  | { readonly isDone: false; readonly id: string | null; readonly refusal: Refusal };

/**
 * They mean this moment: without a connection, or when it is lost before the answer, they are turned down, not done an
 * hour later. Only the
 * first connection of a page is waited for: whoever is quick at it is not told that they came too early.
 */
const AT_ONCE: ReadonlySet<CommandName> = new Set([
  "topic.place",
  "topic.unplace",
  "person.move",
  "person.invite",
  "stage.set",
  "market.set",
  "round.start",
  "round.end",
  "round.extend",
  "gong.ring",
  "clock.set",
  "call.take",
  "call.close",
  "circle.start",
  "circle.pass",
  "circle.end",
  "voting.open",
  "voting.close",
]);

/** Words that somebody wrote: refused, they stay in the outbox until they are sent again or deleted. */
const KEPT: ReadonlySet<CommandName> = new Set([
  "topic.propose",
  "topic.change",
  "action.add",
  "action.change",
  "news.post",
  "news.change",
  "call.make",
]);

export class Commands {
  /** Why the last command was not done, for the person; `do` with `isQuiet` leaves it to the caller. */
  readonly complaint = signal<string | null>(null);
  readonly #live: Live;
  readonly #gathering: Following;
  readonly #isConnected: ReadonlySignal<boolean | undefined>;

  /** `isConnected` is undefined until that is known. */
  constructor(live: Live, gathering: Following, isConnected: ReadonlySignal<boolean | undefined>) {
    this.#live = live;
    this.#gathering = gathering;
    this.#isConnected = isConnected;
  }

  /** The answer may take long: what is not for this moment waits in the outbox for the connection. */
  async do<Name extends CommandName>(name: Name, data: CommandData[Name], { isQuiet = false } = {}): Promise<Answer> {
    const answer = await this.#answer(name, data);
    if (!answer.isDone && !isQuiet) this.complaint.value = answer.refusal.detail || answer.refusal.code;
    return answer;
  }

  sendAgain(id: string): void {
    this.#live.sendAgain(id);
  }

  /** Deletes what was not sent. */
  discard(id: string): void {
    this.#live.outbox.drop(id);
  }

  async #answer(name: CommandName, data: object): Promise<Answer> {
    if (AT_ONCE.has(name) && !(this.#isConnected.value ?? (await decided(this.#isConnected)))) return refused(t("You are not connected. Try again in a moment."));
    let id: string | null = null;
    try {
      const sent = this.#gathering.send(name, data, { keep: KEPT.has(name), isForNow: AT_ONCE.has(name) });
      id = sent.id;
      const done = await sent.done;
      return { isDone: true, id, data: done.data };
    } catch (error) {
      if (error instanceof CommandRefused) return { isDone: false, id, refusal: error.refusal };
      if (error instanceof OutboxFull) return refused(t("Too much is waiting to be sent. Wait for the connection."));
      throw error;
    }
  }
}

function decided(answer: ReadonlySignal<boolean | undefined>): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = answer.subscribe((value) => {
      if (value === undefined) return;
      resolve(value);
      queueMicrotask(() => stop());
    });
  });
}

function refused(detail: string): Answer {
  return { isDone: false, id: null, refusal: { code: "no_answer", detail } };
}
