// A room as its page holds it: what the server says, what is on its way, who is here. No drawing in here.

import { computed, signal } from "@preact/signals";
import type { Live, Following } from "../live/protocol";
import type { OutboxItem } from "../live/outbox";
import type { Follower, StreamPhase } from "../live/stream";
import type { ConnectionStatus } from "../live/types";
import { Commands } from "./commands";
import { FenceKeeper } from "./fence";
import { History } from "./history";
import {
  type PendingPost,
  type RoomState,
  closeThread,
  forgetEarliest,
  leavePast,
  pendingPosts,
  reduceAll,
  openPollOf,
  renewed,
  roomState,
  withMyChoice,
  withPending,
} from "./store";
import { Typing } from "./typing";
import type { RoomEvent, RoomStateCard } from "./types";
import type { Ui } from "./ui";

export class RoomModel {
  /** What the server has said. */
  readonly settled;
  /** What the person sees: with their own changes that are still on their way. */
  readonly state;
  /** My messages on their way. */
  readonly pending;
  // Parts of the state by themselves: what draws them is drawn again only when they change.
  readonly card;
  readonly people;
  readonly rights;
  /** Ids of those whose hands are up, the first first; who has left the cohort is not among them. */
  readonly hands;
  readonly openPoll;
  readonly me: number;
  /** Whether the newest messages are shown, and not a place in the past. */
  readonly isAtPresent;
  readonly fence: FenceKeeper;
  /** My changes to messages that were turned down, by message; null when there are none. */
  readonly failedEdits;
  /** Ids of the people who are in the room now. */
  readonly here = signal<readonly number[]>([]);
  readonly phase = signal<StreamPhase>("opening");
  /** The room is not followed any more, and that will not change by itself. */
  readonly isOver = computed(() => !["opening", "catching_up", "live"].includes(this.phase.value));
  readonly connection;
  /** From the moment the connection was lost until it is back, all the tries between included. */
  readonly isLost = signal(false);
  /** Why the person only looks in from outside, where they might write; empty when they are in. */
  readonly outside = signal("");
  readonly typing: Typing;
  readonly commands: Commands;
  readonly history: History;
  /** Hears of events as they come, each once; not of those that were there at the beginning. */
  readonly onEvents = new Set<(events: readonly RoomEvent[]) => void>();
  readonly #items;
  readonly #following: Following;
  readonly #sought = new Set<number>();
  #isReading = false;
  #votes = 0;

  constructor(live: Live, card: RoomStateCard, head: number) {
    const name = `room:${card.room.id}`;
    this.settled = signal<RoomState>(roomState(card, head));
    this.#items = signal<readonly OutboxItem[]>(live.outbox.items(name));
    this.state = computed(() => withPending(this.settled.value, this.#items.value));
    this.pending = computed<readonly PendingPost[]>(() => pendingPosts(this.settled.value, this.#items.value));
    this.card = computed(() => this.state.value.room);
    this.people = computed(() => this.state.value.people);
    this.rights = computed(() => {
      const { rights } = this.state.value;
      return this.outside.value === "" ? rights : { ...rights, post: false, why_not_post: this.outside.value };
    });
    this.hands = computed(() => this.state.value.hands.filter((id) => this.people.value[id]?.past !== true));
    this.openPoll = computed(() => openPollOf(this.state.value));
    this.me = card.me;
    this.isAtPresent = computed(() => this.state.value.past === null);
    this.fence = new FenceKeeper(this.settled.value);
    this.failedEdits = computed(() => failedEdits(this.#items.value));
    this.connection = signal<ConnectionStatus>(live.status);
    this.#following = live.follow<RoomStateCard, RoomEvent>(name, this.#follower(), head);
    this.typing = new Typing(() => void this.#following.signal("typing"));
    this.commands = new Commands(live, this.#following, this.settled);
    this.history = new History(this.settled);
    live.outbox.onChange(() => (this.#items.value = live.outbox.items(name)));
    live.onStatus((status) => this.#noteConnection(status));
  }

  /** Shows the choice at once; refused, it is again what the server has. Of several on their way the last one counts. */
  async vote(poll: number, options: readonly number[]): Promise<void> {
    const turn = ++this.#votes;
    this.settled.value = withMyChoice(this.settled.value, poll, options);
    const kept = await this.commands.vote(poll, options);
    if (turn !== this.#votes) return;
    if (kept === null) this.#following.refresh();
    else this.settled.value = withMyChoice(this.settled.value, poll, kept);
  }

  /** Whether the newest message is before the person's eyes; the read marker follows the log then. */
  setReading(isReading: boolean): void {
    this.#isReading = isReading;
    this.#following.setReading(isReading);
  }

  openThread(root: number, ui: Ui): void {
    ui.openThread(root);
    void this.history.openThread(root);
  }

  /** Opens the thread with the focus in its text field. */
  replyIn(root: number, ui: Ui): void {
    ui.replyTo.value = root;
    this.openThread(root, ui);
  }

  closePanel(ui: Ui): void {
    this.settled.value = closeThread(this.settled.value);
    ui.closePanel();
  }

  /** Brings a message into view, wherever in the room's history it is. */
  seek(seq: number, ui: Ui): void {
    ui.part.value = "chat";
    void this.history.goTo(seq).then((isThere) => {
      if (isThere) ui.sought.value = { seq };
    });
  }

  toNewest(): void {
    this.settled.value = leavePast(this.settled.value);
  }

  /** Whether the person has the page before their eyes. */
  attend(isVisible: boolean): void {
    if (isVisible) this.fence.back("hidden");
    else this.fence.away("hidden", this.settled.value, new Date().toISOString());
  }

  #noteConnection(status: ConnectionStatus): void {
    this.connection.value = status;
    if (status.phase === "waiting") this.isLost.value = true;
    else if (status.phase === "live") this.isLost.value = false;
    if (status.phase !== "live") this.fence.away("offline", this.settled.value, new Date().toISOString());
  }

  /** Who joined the cohort since the page was made is not in its directory: once for each, it is fetched anew. */
  #seekStrangers(events: readonly RoomEvent[]): void {
    const strangers = events.flatMap(({ by }) => (by === null || this.people.value[by] || this.#sought.has(by) ? [] : [by]));
    for (const id of strangers) this.#sought.add(id);
    if (strangers.length > 0) this.#following.refresh();
  }

  #follower(): Follower<RoomStateCard, RoomEvent> {
    return {
      renew: (card, head) => {
        this.settled.value = renewed(this.settled.value, card, head);
        this.fence.renewed(this.settled.value);
      },
      apply: (events) => {
        const next = reduceAll(this.settled.value, events);
        // Not under the eyes of who reads above, nor while a page is on its way that joins what is there.
        const mayForget = this.#isReading && this.history.loading.value.size === 0;
        this.settled.value = mayForget ? forgetEarliest(next) : next;
        for (const { name, by } of events) if (name === "message.posted" && by !== null) this.typing.ended(by);
        if (this.card.value.state !== "open") this.typing.allEnded();
        this.fence.came(this.settled.value);
        this.#seekStrangers(events);
        for (const hear of this.onEvents) hear(events);
      },
      here: (people) => {
        this.here.value = people;
        const isNew = people.some((id) => !this.people.value[id] && !this.#sought.has(id));
        for (const id of people) this.#sought.add(id);
        if (isNew) this.#following.refresh();
      },
      signal: (name, by) => {
        if (name === "typing" && by !== null && by !== this.settled.value.me) this.typing.heard(by);
      },
      phase: (phase) => {
        this.phase.value = phase;
        if (phase === "live") this.fence.back("offline");
      },
    };
  }
}

function failedEdits(items: readonly OutboxItem[]): ReadonlyMap<number, OutboxItem> | null {
  const failed = items.filter(({ name, state }) => name === "message.edit" && state === "not_sent");
  if (failed.length === 0) return null;
  return new Map(failed.map((item) => [(item.data as { message: number }).message, item]));
}
