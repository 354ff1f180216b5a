// Notes as their page holds them: the document, what is on its way, who writes. No drawing in here.

import { computed, signal } from "@preact/signals";
import { t } from "../i18n";
import { OutboxFull, type OutboxItem } from "../live/outbox";
import type { Clock, Timer } from "../live/ports";
import type { Following, Live } from "../live/protocol";
import type { Follower, StreamPhase } from "../live/stream";
import type { ConnectionStatus } from "../live/types";
import { Typing } from "../room/typing";
import { fromBase64, toBase64 } from "./base64";
import { gathered, NotesDocument } from "./document";
import type { NotesCard, NotesEvent, NotesRights, NotesStateCard } from "./types";

/** What is typed within this time goes out together. */
const GATHER = 300;
/** After a refusal, what is typed goes out more rarely. */
const GATHER_AFTER_REFUSAL = 3_000;
/** Bytes of one update; as base64 it has room in a frame. */
const UPDATE_LIMIT = 44_000;
const COMMAND = "notes.update";

/**
 * `loading`: nothing is known yet. `saving`: on its way, or kept on this computer while there is no
 * connection. `not_saved`: the server did not take it.
 */
export type Saving = "loading" | "saving" | "kept_here" | "not_saved" | "saved";

const BROWSER_CLOCK: Clock = {
  now: () => Date.now(),
  after: (milliseconds, run) => setTimeout(run, milliseconds),
  cancel: (timer) => clearTimeout(timer as number),
};

export class NotesModel {
  readonly card = signal<NotesCard | null>(null);
  readonly rights = signal<NotesRights | null>(null);
  readonly people = signal<NotesStateCard["people"]>({});
  readonly me = signal<number | null>(null);
  /** Ids of those who have the notes open. */
  readonly here = signal<readonly number[]>([]);
  readonly phase = signal<StreamPhase>("opening");
  readonly connection = signal<ConnectionStatus>({ phase: "connecting", way: null, retryAt: null, trouble: null });
  /** Replaced by another only when what could not be saved is given up. */
  readonly document = signal<NotesDocument>(this.#newDocument());
  /** Whether there is something that was typed here to be taken back, or to be done again. */
  readonly canUndo = signal(false);
  readonly canRedo = signal(false);
  readonly #unsent = signal<readonly Uint8Array[]>([]);
  readonly #items = signal<readonly OutboxItem[]>([]);
  readonly saving = computed<Saving>(() => this.#savingNow());
  /** Why something was not saved. */
  readonly complaint = computed(() => this.#complaintNow());
  readonly typing: Typing;
  readonly #live: Live;
  readonly #clock: Clock;
  readonly #following: Following;
  readonly #stops: (() => void)[];
  #timer: Timer = null;

  /** `start`: the state that came with the page, as it was at `head`. */
  constructor(live: Live, stream: string, start?: { card: NotesStateCard; head: number }, clock = BROWSER_CLOCK) {
    this.#live = live;
    this.#clock = clock;
    if (start !== undefined) this.#renew(start.card);
    this.connection.value = live.status;
    this.#following = live.follow<NotesStateCard, NotesEvent>(stream, this.#follower(), start?.head ?? null);
    this.typing = new Typing(() => void this.#following.signal("typing"));
    this.#stops = [
      live.outbox.onChange(() => (this.#items.value = live.outbox.items(stream))),
      live.onStatus((status) => (this.connection.value = status)),
    ];
    this.#takeUp();
  }

  /** The person changed the text. */
  typed(): void {
    this.typing.iAmWriting();
  }

  /** Puts what was typed into the outbox, where it outlives the page. */
  flush(): void {
    this.#clock.cancel(this.#timer);
    this.#timer = null;
    if (this.#unsent.value.length > 0 || this.#failed.length > 0) this.#send();
  }

  /** Gives up what the server did not take, and shows what it has. */
  giveUp(): void {
    for (const item of this.#failed) this.#live.outbox.drop(item.id);
    this.#unsent.value = [];
    this.document.value.close();
    this.document.value = this.#newDocument();
    this.#noteHistory();
    this.card.value = null;
    this.#following.refresh();
  }

  /** What was typed is sent all the same. */
  close(): void {
    this.flush();
    for (const stop of this.#stops) stop();
    this.typing.allEnded();
    this.#following.close();
    this.document.value.close();
  }

  get #failed(): readonly OutboxItem[] {
    return this.#items.value.filter(({ state }) => state === "not_sent");
  }

  #newDocument(): NotesDocument {
    const document = new NotesDocument((update) => this.#written(update));
    document.onHistory(() => this.#noteHistory());
    return document;
  }

  /** What an earlier page left in the outbox. */
  #takeUp(): void {
    this.#items.value = this.#live.outbox.items(this.#following.name);
    this.document.value.apply(this.#items.value.flatMap(updateOf));
    if (this.#failed.length > 0) this.#plan();
  }

  #written(update: Uint8Array): void {
    this.#unsent.value = [...this.#unsent.value, update];
    this.#plan();
  }

  #plan(): void {
    const wait = this.#failed.length > 0 ? GATHER_AFTER_REFUSAL : GATHER;
    this.#timer ??= this.#clock.after(wait, () => this.flush());
  }

  /** With what waits already, so that long writing without connection stays few commands. */
  #send(): void {
    const open = this.#items.value.filter(({ state }) => state === "waiting" || state === "not_sent");
    const updates = gathered([...open.flatMap(updateOf), ...this.#unsent.value], UPDATE_LIMIT);
    try {
      // First the new ones, then the old ones away: a page that ends in between loses nothing.
      for (const update of updates) this.#following.send(COMMAND, { update: toBase64(update) }, { keep: true });
    } catch (error) {
      if (!(error instanceof OutboxFull)) throw error;
      return void this.#plan();
    }
    this.#unsent.value = [];
    for (const { id } of open) if (this.#live.outbox.item(id)?.state !== "sending") this.#live.outbox.drop(id);
  }

  #follower(): Follower<NotesStateCard, NotesEvent> {
    return {
      renew: (card) => this.#renew(card),
      apply: (events) => this.#apply(events),
      here: (people) => (this.here.value = people),
      signal: (name, by) => {
        if (name === "typing") this.#hearWriting(by);
      },
      phase: (phase) => (this.phase.value = phase),
    };
  }

  #renew(card: NotesStateCard): void {
    this.card.value = card.notes;
    this.rights.value = card.rights;
    this.people.value = card.people;
    this.me.value = card.me;
    this.document.value.apply([fromBase64(card.document)]);
  }

  #apply(events: readonly NotesEvent[]): void {
    const updates: Uint8Array[] = [];
    for (const event of events) {
      if (event.name === "notes.updated") {
        updates.push(fromBase64(event.data.update));
        this.#hearWriting(event.by);
      } else if (event.name === "notes.renamed") this.#change({ title: event.data.title });
      else if (event.name === "notes.state_set") this.#change({ state: event.data.state });
    }
    this.document.value.apply(updates);
  }

  /** Also by what they wrote, as long as it is no old news. */
  #hearWriting(by: number | null): void {
    if (this.phase.value === "live" && by !== null && by !== this.me.value) this.typing.heard(by);
  }

  #change(changes: Partial<NotesCard>): void {
    if (this.card.value === null || this.rights.value === null) return;
    this.card.value = { ...this.card.value, ...changes };
    this.rights.value = rightsIn(this.card.value.state, this.rights.value);
  }

  #noteHistory(): void {
    this.canUndo.value = this.document.value.canUndo;
    this.canRedo.value = this.document.value.canRedo;
  }

  #savingNow(): Saving {
    const items = this.#items.value;
    if (items.some(({ state }) => state === "not_sent")) return "not_saved";
    const isUnsent = this.#unsent.value.length > 0 || items.some(({ state }) => state !== "sent");
    if (isUnsent) return this.connection.value.phase === "live" ? "saving" : "kept_here";
    return this.card.value === null ? "loading" : "saved";
  }

  #complaintNow(): string | null {
    const failed = this.#items.value.find(({ state }) => state === "not_sent");
    return failed ? (failed.refusal?.detail ?? t("This was written some time ago and is not saved yet.")) : null;
  }
}

function updateOf({ name, data }: OutboxItem): Uint8Array[] {
  const { update } = data as { update?: unknown };
  return name === COMMAND && typeof update === "string" ? [fromBase64(update)] : [];
}

/** As rooms/rules.py, with its words. */
function rightsIn(state: NotesCard["state"], { post_when_open }: NotesRights): NotesRights {
  return { post: state === "open" && post_when_open, why_not_post: whyNotPost(state, post_when_open), post_when_open };
}

function whyNotPost(state: NotesCard["state"], mayPostWhenOpen: boolean): string | null {
  if (state === "archived") return t("This room is archived. You can read it, but nobody can write here any more.");
  if (!mayPostWhenOpen) return t("You are an observer here: you can read everything, but not write.");
  if (state === "open") return null;
  return t("This room is read-only at the moment. You can read it, but nobody can write here.");
}
