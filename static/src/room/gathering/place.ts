// The room as a space of a gathering: what is on here, where else one can go, who asks for whom. No drawing in here.

import { type ReadonlySignal, computed, effect, signal, untracked } from "@preact/signals";
import { t } from "../../i18n";
import type { Live } from "../../live/protocol";
import { isOffered } from "../../openspace/board";
import { leftOf, phaseOf } from "../../openspace/clock";
import type { GatheringModel } from "../../openspace/model";
import { announced } from "../../openspace/news";
import { isMine } from "../../openspace/rights";
import type { GatheringEvent, NewsCard, SlotCard, SpaceCard, TopicCard } from "../../openspace/types";
import { ReportModel } from "../../report/model";

/** Milliseconds before the end of a round at which the room turns to the report. */
export const LANDING = 10 * 60_000;

export interface Full {
  readonly space: number;
  readonly detail: string;
  /** Spaces with room, the emptiest first. */
  readonly alternatives: readonly number[];
}

/** Somebody holds a door open, or asks for the report. */
export type Asked =
  | { readonly kind: "invitation"; readonly space: number; readonly by: number | null }
  | { readonly kind: "reminder"; readonly topic: number; readonly by: number | null };

export class Place {
  readonly gathering: GatheringModel;
  readonly room: number;
  readonly space: ReadonlySignal<SpaceCard | undefined>;
  /** The round that runs; null in a break too. */
  readonly round: ReadonlySignal<SlotCard | null>;
  /** What stands here in the round that runs; more than one is a double use, which is allowed. */
  readonly topicsNow: ReadonlySignal<readonly TopicCard[]>;
  /** What the papers of the room are about: on now, else what was here last. */
  readonly topic: ReadonlySignal<TopicCard | undefined>;
  /** The same, but for somebody who is writing when the next topic begins here: theirs stay until they are done. */
  readonly papers: ReadonlySignal<TopicCard | undefined>;
  readonly isNow: ReadonlySignal<boolean>;
  /** What comes here next, with its round. */
  readonly next: ReadonlySignal<{ readonly topic: TopicCard; readonly slot: SlotCard } | null>;
  readonly amConvener: ReadonlySignal<boolean>;
  readonly convenesPapers: ReadonlySignal<boolean>;
  readonly isHere: ReadonlySignal<boolean>;
  /** The last minutes of a round in which a topic stands here. */
  readonly isLanding: ReadonlySignal<boolean>;
  readonly otherSpaces: ReadonlySignal<readonly SpaceCard[]>;
  readonly news: ReadonlySignal<NewsCard | null>;
  readonly myCall;
  /** The report of `papers`; null when there is none. */
  readonly report = signal<ReportModel | null>(null);
  readonly full = signal<Full | null>(null);
  readonly asked = signal<Asked | null>(null);
  /** One of several topics that stand here at once. */
  readonly chosen = signal<number | null>(null);
  readonly #kept = signal<number | null>(null);
  readonly #dismissed = signal(0);
  readonly #dismissedLanding = signal<number | null>(null);
  readonly #live: Live;
  readonly #storage: Storage | null;
  readonly #isWriting: () => boolean;
  #hasEntered = false;
  #moves = 0;

  /** `isWriting`: whether the person has their hands on the papers. */
  constructor(live: Live, gathering: GatheringModel, room: number, storage: Storage | null, isWriting: () => boolean) {
    this.gathering = gathering;
    this.room = room;
    this.#live = live;
    this.#storage = storage;
    this.#isWriting = isWriting;
    this.#dismissed.value = Number(storage?.getItem(this.#newsKey()) ?? 0);
    const { slots, topics, running } = gathering;
    this.space = computed(() => gathering.spaceOfRoom(room));
    this.round = computed(() => (running.value?.kind === "round" ? running.value : null));
    this.topicsNow = computed(() => (this.round.value === null ? [] : this.#standing(topics.value, this.round.value)));
    this.isNow = computed(() => this.topicsNow.value.length > 0);
    this.topic = computed(() => this.#topicNow() ?? this.#topicBefore(slots.value, topics.value));
    this.papers = computed(() => (this.#kept.value === null ? this.topic.value : gathering.topic(this.#kept.value).value));
    this.next = computed(() => this.#nextHere(slots.value, topics.value));
    this.amConvener = computed(() => this.topic.value !== undefined && isMine(this.topic.value, gathering.me));
    this.convenesPapers = computed(() => this.papers.value !== undefined && isMine(this.papers.value, gathering.me));
    this.isHere = computed(() => this.space.value !== undefined && gathering.mySpace.value === this.space.value.id);
    const isLate = computed(() => this.round.value !== null && leftOf(this.round.value, gathering.time.now.value) <= LANDING);
    this.isLanding = computed(() => isLate.value && this.isNow.value && this.round.value?.id !== this.#dismissedLanding.value);
    this.otherSpaces = computed(() => gathering.spaces.value.filter(({ id }) => id !== this.space.value?.id));
    this.news = computed(() => this.#freshNews());
    this.myCall = computed(() => gathering.calls.value.find(({ by }) => by === gathering.me) ?? null);
    gathering.onEvents.add((events) => this.#hear(events));
    this.#keepPapers();
    this.#enterOnce();
  }

  /** Nobody but facilitators comes in any more. */
  isFull({ id, is_hard, capacity }: SpaceCard): boolean {
    return is_hard && capacity !== null && this.gathering.peopleIn(id).value.length >= capacity && !this.gathering.rights.value.facilitate;
  }

  topicNowIn(space: number): TopicCard | undefined {
    const topic = this.gathering.topicNowIn(space);
    return topic === undefined ? undefined : this.gathering.topic(topic).value;
  }

  /** Into this space; where it is full, `full` has the alternatives. */
  async enter(): Promise<void> {
    const space = this.space.value;
    if (space !== undefined) await this.#move(space.id);
  }

  /** Whether one may leave for that space: the way to its page is open then. */
  async go(space: number): Promise<boolean> {
    this.asked.value = null;
    return this.#move(space);
  }

  dismissNews(): void {
    this.#dismissed.value = this.gathering.news.value.at(-1)?.id ?? 0;
    try {
      this.#storage?.setItem(this.#newsKey(), String(this.#dismissed.value));
    } catch {
      // It is dismissed on this page then.
    }
  }

  dismissLanding(): void {
    this.#dismissedLanding.value = this.round.value?.id ?? null;
  }

  /** Leaves the papers of the topic before, for those of the one that is here now. */
  turnPapers(): void {
    this.#kept.value = null;
  }

  mark(tookPlace: boolean): void {
    const topic = this.papers.value;
    if (topic !== undefined) void this.gathering.commands.do("topic.mark", { topic: topic.id, took_place: tookPlace });
  }

  /** Null when it is done; else why not. `isOpen`: whether the form is still there; else its words stay, not sent. */
  async callFacilitator(text: string, isOpen: () => boolean): Promise<string | null> {
    const { commands } = this.gathering;
    const answer = await commands.do("call.make", { text }, { isQuiet: true });
    if (answer.isDone) return null;
    const why = answer.refusal.detail || t("This did not work. Try again.");
    if (!isOpen()) commands.complaint.value = why;
    else if (answer.id !== null) commands.discard(answer.id);
    return why;
  }

  closeCall(call: number): void {
    void this.gathering.commands.do("call.close", { call });
  }

  async #move(space: number): Promise<boolean> {
    const number = ++this.#moves;
    const answer = await this.gathering.commands.do("person.move", { space }, { isQuiet: true });
    const isLast = number === this.#moves; // what was asked before says nothing about where one wants to go now
    if (answer.isDone) {
      if (isLast) this.full.value = null;
      return true;
    }
    const { code, detail, present } = answer.refusal;
    if (code !== "conflict") {
      this.gathering.commands.complaint.value = detail || code;
      return false;
    }
    this.full.value = { space, detail, alternatives: Array.isArray(present) ? (present as number[]) : [] };
    return false;
  }

  /** Once per page: who is in another space comes here. A tab left open brings nobody back later. */
  #enterOnce(): void {
    effect(() => {
      if (this.#hasEntered || this.gathering.phase.value !== "live" || this.gathering.connection.value.phase !== "live") return;
      this.#hasEntered = true;
      const mayMove = this.gathering.card.peek().stage !== "closed";
      if (mayMove && this.space.peek() !== undefined && !this.isHere.peek()) void this.enter();
    });
  }

  /**
   * One report is open at a time: that of the topic which the papers are about. Nothing is taken from under
   * the hands of somebody who writes: their papers stay when the next topic begins.
   */
  #keepPapers(): void {
    const here = computed(() => this.topic.value?.id ?? null);
    effect(() => {
      const [now, kept] = [here.value, this.#kept.value];
      untracked(() => {
        const open = this.report.peek();
        if (kept === null && open !== null && open.topic !== now && this.#isWriting()) this.#kept.value = open.topic;
        else this.#openReport(kept ?? now);
      });
    });
    // Who confirms goes by who convenes, which is no part of the report's log.
    const conveners = computed(() => [this.papers.value?.convener, ...(this.papers.value?.co_conveners ?? [])].join());
    let known = conveners.peek();
    effect(() => {
      if (conveners.value === known) return;
      known = conveners.value;
      this.report.peek()?.refresh();
    });
  }

  #openReport(topic: number | null): void {
    const open = this.report.peek();
    if ((open?.topic ?? null) === topic) return;
    open?.stop();
    this.report.value = topic === null ? null : new ReportModel(this.#live, topic, this.#storage);
  }

  #hear(events: readonly GatheringEvent[]): void {
    for (const event of events) {
      if (event.name === "person.invited" && event.data.person === this.gathering.me && this.gathering.isNow(event)) {
        this.asked.value = { kind: "invitation", space: event.data.space, by: event.by };
      }
      if (event.name === "report.reminded" && event.data.convener === this.gathering.me) {
        this.asked.value = { kind: "reminder", topic: event.data.topic, by: event.by };
      }
    }
  }

  #standing(topics: readonly TopicCard[], slot: SlotCard): readonly TopicCard[] {
    const space = this.space.value?.id;
    return topics.filter((topic) => isOffered(topic) && topic.places.some((place) => place.slot === slot.id && place.space === space));
  }

  #topicNow(): TopicCard | undefined {
    return this.topicsNow.value.find(({ id }) => id === this.chosen.value) ?? this.topicsNow.value[0];
  }

  #topicBefore(slots: readonly SlotCard[], topics: readonly TopicCard[]): TopicCard | undefined {
    const over = slots.filter((slot) => slot.kind === "round" && phaseOf(slot) === "over").reverse();
    return over.flatMap((slot) => this.#standing(topics, slot))[0];
  }

  #nextHere(slots: readonly SlotCard[], topics: readonly TopicCard[]): { topic: TopicCard; slot: SlotCard } | null {
    for (const slot of slots) {
      const topic = phaseOf(slot) === "to_come" ? this.#standing(topics, slot)[0] : undefined;
      if (topic !== undefined) return { topic, slot };
    }
    return null;
  }

  #freshNews(): NewsCard | null {
    const latest = announced(this.gathering.news.value, this.gathering.time.now.value);
    return latest === undefined || latest.id <= this.#dismissed.value ? null : latest;
  }

  #newsKey(): string {
    return `synergy.news.${this.gathering.card.peek().id}`;
  }
}
