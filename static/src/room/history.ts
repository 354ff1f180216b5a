// Fetches older messages and threads.

import { type Signal, signal } from "@preact/signals";
import { t } from "../i18n";
import {
  type RoomState,
  addEarlier,
  addPastEarlier,
  addPastLater,
  addThreadLater,
  isAhead,
  leavePast,
  showPast,
  showThread,
} from "./store";
import type { MessageCard, MessagePage, VersionCard } from "./types";

const PAGE = 50;
const THREAD_PAGE = 200;
/** How long a page that knows of newer events than the log waits for them. Milliseconds. */
const AHEAD_WAIT = 5_000;

/** After a failure, scrolling does not ask again for this long; the person may. Milliseconds. */
const REST = 5_000;

type Join = (state: RoomState, page: MessagePage) => RoomState;
type Question = Readonly<Record<string, string | number>>;

export class History {
  /** What is being fetched now, so that it is not fetched twice, and for the word "loading". */
  readonly loading = signal<ReadonlySet<string>>(new Set());
  readonly complaint = signal<string | null>(null);
  readonly #state: Signal<RoomState>;
  #restUntil = 0;

  constructor(state: Signal<RoomState>) {
    this.#state = state;
  }

  /** Called by scrolling; `isAsked` when the person pressed a button. */
  async earlier(isAsked = false): Promise<void> {
    if (!isAsked && Date.now() < this.#restUntil) return;
    const { past, tail } = this.#state.value;
    const span = past ?? tail;
    const first = span.seqs[0];
    if (!span.hasEarlier || first === undefined) return;
    await this.#load("earlier", { before: first, limit: PAGE }, past === null ? addEarlier : addPastEarlier);
  }

  /** Towards the present, from a place in the past. */
  async later(): Promise<void> {
    const last = this.#state.value.past?.seqs.at(-1);
    if (Date.now() < this.#restUntil) return;
    if (!this.#state.value.past?.hasLater || last === undefined) return;
    await this.#load("later", { after: last, limit: PAGE }, addPastLater);
  }

  /** Makes sure that the message is among those shown; false when it cannot be found. */
  async goTo(seq: number): Promise<boolean> {
    if (this.#shows(seq)) return true;
    await this.#loadNext("place", { around: seq, limit: PAGE }, showPast);
    return this.#shows(seq);
  }

  /**
   * The first message of the day (yyyy-mm-dd, in the person's zone) or after it; null when there is none, or when it
   * cannot be loaded, of which `complaint` tells.
   */
  async goToDay(day: string): Promise<MessageCard | null> {
    let first: MessageCard | null = null;
    await this.#loadNext("place", { date: day, limit: PAGE }, (state, page) => {
      first = page.messages[0] ?? null;
      return first === null ? state : showPast(state, page);
    });
    return first;
  }

  async openThread(root: number): Promise<void> {
    const join: Join = (state, page) => showThread(state, root, page);
    await this.#loadNext("thread", { thread: root, limit: THREAD_PAGE }, join);
  }

  async laterInThread(): Promise<void> {
    const { thread } = this.#state.value;
    const last = thread?.seqs.at(-1);
    if (thread === null || !thread.hasLater || last === undefined) return;
    await this.#load("thread", { thread: thread.root, after: last, limit: THREAD_PAGE }, addThreadLater);
  }

  async versions(seq: number): Promise<readonly VersionCard[]> {
    const { versions } = await this.#get<{ versions: VersionCard[] }>(`${seq}/versions/`, {});
    return versions;
  }

  #shows(seq: number): boolean {
    const { past, tail } = this.#state.value;
    if (past?.seqs.includes(seq)) return true;
    if (!tail.seqs.includes(seq)) return false;
    this.#state.value = leavePast(this.#state.value);
    return true;
  }

  /** After what is on its way of the same kind: the last one that was asked for is what is shown. */
  async #loadNext(what: string, question: Question, join: Join): Promise<boolean> {
    while (this.loading.value.has(what)) await this.#ended(what);
    return this.#load(what, question, join);
  }

  #ended(what: string): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.loading.subscribe((loading) => {
        if (loading.has(what)) return;
        queueMicrotask(() => stop());
        resolve();
      });
    });
  }

  /** Whether the page came and was joined. */
  async #load(what: string, question: Question, join: Join): Promise<boolean> {
    if (this.loading.value.has(what)) return false;
    this.loading.value = new Set([...this.loading.value, what]);
    this.complaint.value = null;
    try {
      const page = await this.#get<MessagePage>("", question);
      await this.#caughtUpWith(page);
      this.#state.value = join(this.#state.value, page);
      return true;
    } catch {
      this.#restUntil = Date.now() + REST;
      this.complaint.value = t("These messages cannot be loaded now. Try again.");
      return false;
    } finally {
      this.loading.value = new Set([...this.loading.value].filter((other) => other !== what));
    }
  }

  async #get<Answer>(path: string, question: Question): Promise<Answer> {
    const query = new URLSearchParams(Object.entries(question).map(([name, value]) => [name, String(value)]));
    const url = `/api/rooms/${this.#state.value.room.id}/messages/${path}?${query}`;
    const response = await fetch(url, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`${response.status} for ${url}`);
    return (await response.json()) as Answer;
  }

  /** Resolves when the log has come as far as the page, or when that takes too long. */
  #caughtUpWith(page: MessagePage): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(), AHEAD_WAIT);
      let stop = () => {};
      const done = () => {
        clearTimeout(timer);
        stop();
        resolve();
      };
      stop = this.#state.subscribe((state) => void (isAhead(state, page) || queueMicrotask(done)));
    });
  }
}
