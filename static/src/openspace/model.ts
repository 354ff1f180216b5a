// A gathering as any page holds it: what the server says, who is where, what time it is. No drawing in here.
//
//   const live = new Live(card.me, browserPorts());
//   const gathering = new GatheringModel(live, card, head);    // card, head: of the page, or of /state/
//   await gathering.commands.do("topic.place", { topic, slot, space, beside: [] });
//   live.start(); gathering.time.start();
//
// What draws one sheet reads `topic(id)`, one cell `cell(slot, space)`: it is drawn again only when that
// sheet or that cell changes.

import { type ReadonlySignal, computed, signal } from "@preact/signals";
import type { OutboxItem } from "../live/outbox";
import type { Following, Live } from "../live/protocol";
import type { Follower, StreamPhase } from "../live/stream";
import type { ConnectionStatus } from "../live/types";
import { type BoardIndex, type Warning, boardIndex, topicWarnings } from "./checks";
import { columns, mergedTopics } from "./board";
import { runningSlot } from "./clock";
import { Commands } from "./commands";
import { pendingTopics, withPending } from "./pending";
import { ServerTime } from "./server_time";
import { kept, steady } from "./steady";
import { type GatheringState, gatheringState, reduceAll } from "./store";
import type { Changes, GatheringEvent, GatheringStateCard, SpaceCard, TopicCard } from "./types";

/** Events older than this were missed: they change the state, but nobody rings or speaks for them. Milliseconds. */
const NOW = 30_000;

export class GatheringModel {
  /** What the server has said. */
  readonly settled;
  /** What the person sees: with their own changes that are still on their way. */
  readonly state;
  // Parts of the state by themselves: what draws them is drawn again only when they change.
  readonly card;
  /** Those that are not removed. */
  readonly spaces;
  /** The columns of the wall: see `columns` in board.ts. */
  readonly columns: ReadonlySignal<readonly SpaceCard[]>;
  readonly slots;
  readonly topics;
  readonly requests;
  readonly calls;
  readonly news;
  readonly actions;
  readonly words;
  /** {person id: space id} */
  readonly where;
  readonly people;
  readonly rights;
  readonly me: number;
  /** Topics on offer that stand nowhere. */
  readonly waiting: ReadonlySignal<readonly number[]>;
  /** Ids of the persons per space; who is nowhere is in none. */
  readonly inSpaces: ReadonlySignal<ReadonlyMap<number, readonly number[]>>;
  /** The space I am in; null is nowhere. */
  readonly mySpace;
  readonly running;
  readonly index: ReadonlySignal<BoardIndex>;
  /** My proposals that the wall does not show yet. */
  readonly pendingTopics;
  /** My words that were refused: for "Send again" and "Delete". */
  readonly unsent;
  /** Ids of the people whose pages are connected now. */
  readonly here = signal<readonly number[]>([]);
  readonly phase = signal<StreamPhase>("opening");
  readonly connection;
  /** From the moment the connection was lost until it is back, all the tries between included. */
  readonly isLost = signal(false);
  readonly time: ServerTime;
  readonly commands: Commands;
  /** Hears of events as they come, each once, also of missed ones (see `isNow`); not of those that were there at the beginning. */
  readonly onEvents = new Set<(events: readonly GatheringEvent[]) => void>();
  readonly #items;
  readonly #now: () => number;
  readonly #following: Following;
  readonly #cells = new Map<string, ReadonlySignal<readonly number[]>>();
  readonly #topics = new Map<number, ReadonlySignal<TopicCard | undefined>>();
  readonly #peopleIn = new Map<number, ReadonlySignal<readonly number[]>>();
  readonly #warnings = new Map<number, ReadonlySignal<readonly Warning[]>>();
  readonly #merged = new Map<number, ReadonlySignal<readonly number[]>>();
  readonly #allMerged: ReadonlySignal<ReadonlyMap<number, readonly number[]>>;
  readonly #sought = new Set<number>();

  constructor(live: Live, card: GatheringStateCard, head: number) {
    const name = `gathering:${card.gathering.id}`;
    this.settled = signal<GatheringState>(gatheringState(card, head));
    this.#items = signal<readonly OutboxItem[]>(live.outbox.items(name));
    this.state = computed(() => withPending(this.settled.value, this.#items.value));
    this.me = card.me;
    this.card = computed(() => this.state.value.gathering);
    this.spaces = steady(() => this.state.value.spaces.filter((space) => !space.is_removed));
    this.slots = computed(() => this.state.value.slots);
    this.topics = computed(() => this.state.value.topics);
    this.requests = computed(() => this.state.value.requests);
    this.calls = computed(() => this.state.value.calls);
    this.news = computed(() => this.state.value.news);
    this.actions = computed(() => this.state.value.actions);
    this.words = computed(() => this.state.value.words);
    this.where = computed(() => this.state.value.where);
    this.people = computed(() => this.state.value.people);
    this.rights = computed(() => this.state.value.rights);
    this.columns = steady(() => columns({ spaces: this.state.value.spaces, slots: this.slots.value, topics: this.topics.value }));
    this.#allMerged = computed(() => mergedTopics(this.topics.value));
    this.waiting = steady(() => this.topics.value.filter(isWaiting).map(({ id }) => id));
    this.inSpaces = computed(() => peopleBySpace(this.where.value));
    this.mySpace = computed(() => this.where.value[this.me] ?? null);
    this.running = computed(() => runningSlot(this.slots.value));
    this.index = computed(() => boardIndex({ spaces: this.spaces.value, slots: this.slots.value, topics: this.topics.value }));
    this.pendingTopics = computed(() => pendingTopics(this.settled.value, this.#items.value));
    this.unsent = computed(() => this.#items.value.filter((item) => item.state === "not_sent"));
    this.connection = signal<ConnectionStatus>(live.status);
    this.#now = () => live.now();
    this.time = new ServerTime(this.#now);
    this.#following = live.follow<GatheringStateCard, GatheringEvent>(name, this.#follower(), head);
    this.commands = new Commands(live, this.#following, this.#isConnected());
    live.outbox.onChange(() => (this.#items.value = live.outbox.items(name)));
    live.onStatus((status) => this.#noteConnection(status));
  }

  topic(id: number): ReadonlySignal<TopicCard | undefined> {
    return kept(this.#topics, id, () => computed(() => this.index.value.topics.get(id)));
  }

  /** Ids of the topics that stand in a slot and a space; more than one is a warning. */
  cell(slot: number, space: number): ReadonlySignal<readonly number[]> {
    return kept(this.#cells, `${slot}:${space}`, () =>
      steady(() => {
        const standing = this.index.value.standing.get(slot) ?? [];
        return standing.filter(({ place }) => place.space === space).map(({ topic }) => topic.id);
      }),
    );
  }

  /** Ids of the topics that went together with this one. */
  merged(topic: number): ReadonlySignal<readonly number[]> {
    return kept(this.#merged, topic, () => steady(() => this.#allMerged.value.get(topic) ?? []));
  }

  /** With those that are for the viewer alone. */
  warnings(topic: number): ReadonlySignal<readonly Warning[]> {
    return kept(this.#warnings, topic, () =>
      steady(() => {
        const card = this.index.value.topics.get(topic);
        return card === undefined ? [] : topicWarnings(this.index.value, card, this.me);
      }, sameWarning),
    );
  }

  /** Ids of the persons in a space. */
  peopleIn(space: number): ReadonlySignal<readonly number[]> {
    return kept(this.#peopleIn, space, () => steady(() => this.inSpaces.value.get(space) ?? []));
  }

  space(id: number | null): SpaceCard | undefined {
    return this.state.value.spaces.find((space) => space.id === id);
  }

  /** The space behind a room. */
  spaceOfRoom(room: number): SpaceCard | undefined {
    return this.spaces.value.find((space) => space.room === room);
  }

  /** What stands in a space in the round that runs. */
  topicNowIn(space: number): number | undefined {
    const slot = this.running.value;
    return slot === null ? undefined : this.cell(slot.id, space).value[0];
  }

  /** Whether an event has only just happened. After a lost connection old ones come, too. */
  isNow({ at }: GatheringEvent): boolean {
    return this.#now() - Date.parse(at) < NOW;
  }

  /** Undecided while the page connects for the first time. */
  #isConnected(): ReadonlySignal<boolean | undefined> {
    return computed(() => {
      const { phase } = this.connection.value;
      return phase === "live" ? true : this.isLost.value || phase === "stopped" ? false : undefined;
    });
  }

  #noteConnection(status: ConnectionStatus): void {
    this.connection.value = status;
    if (status.phase === "waiting") this.isLost.value = true;
    else if (status.phase === "live") this.isLost.value = false;
  }

  #follower(): Follower<GatheringStateCard, GatheringEvent> {
    return {
      renew: (card, head) => {
        this.settled.value = gatheringState(card, head);
      },
      apply: (events) => {
        this.settled.value = reduceAll(this.settled.value, events);
        this.#seekStrangers(events);
        for (const hear of this.onEvents) hear(events);
      },
      here: (people) => {
        this.here.value = people;
      },
      phase: (phase) => {
        this.phase.value = phase;
      },
    };
  }

  /** Who joined the cohort since the page was made is not in its directory: once for each, it is fetched anew. */
  #seekStrangers(events: readonly GatheringEvent[]): void {
    const { people } = this.settled.value;
    const strangers = events.flatMap(named).filter((id) => !people[id] && !this.#sought.has(id));
    for (const id of strangers) this.#sought.add(id);
    if (strangers.length > 0) this.#following.refresh();
  }
}

/** Whose names the event brings onto the wall. */
function named({ by, data }: GatheringEvent): number[] {
  const { topics = [], actions = [], gathering } = data as Changes;
  const ids = [by, ...topics.flatMap((topic) => [topic.convener, ...topic.co_conveners]), ...actions.map(({ convener }) => convener)];
  return [...ids, ...(gathering?.circle?.order ?? [])].filter((id) => id !== null);
}

function isWaiting(topic: TopicCard): boolean {
  return topic.state === "offered" && topic.places.length === 0;
}

function peopleBySpace(where: Readonly<Record<string, number>>): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (const [person, space] of Object.entries(where)) {
    const people = found.get(space);
    if (people === undefined) found.set(space, [Number(person)]);
    else people.push(Number(person));
  }
  return found;
}

function sameWarning(one: Warning, other: Warning): boolean {
  return (
    one.kind === other.kind &&
    one.slot === other.slot &&
    one.space === other.space &&
    one.others.join() === other.others.join() &&
    one.people.join() === other.people.join()
  );
}
