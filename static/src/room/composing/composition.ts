// One text field of a room: its draft, its completion of names, its files. No drawing in here.

import { computed, signal } from "@preact/signals";
import { formatNumber, t } from "../../i18n";
import type { RoomModel } from "../model";
import type { PersonCard } from "../types";
import type { Ui } from "../ui";
import { type Draft, draftAt } from "./draft";
import { type Asked, type Edited, MOST_OFFERS, askedAt, completed, mentionedIn, offers } from "./mention";
import { type UploadPlace, Uploads } from "./uploads";

/** `rooms/text.py` counts the same. */
export const LONGEST_TEXT = 4_000;

/** Letters as the server counts them: not those of JavaScript, which takes an emoji for two. */
export function lengthOf(text: string): number {
  return [...text.trim()].length;
}

export class Composition {
  readonly text;
  readonly uploads: Uploads;
  /** The people offered for the "@…" that is being written; empty when none is. */
  readonly offered;
  /** Whether more people fit than are offered. */
  readonly hasMore;
  /** Why it was not sent, as long as that is so. */
  readonly complaint;
  readonly active = signal(0);
  readonly root: number | null;
  readonly #asked = signal<Asked | null>(null);
  readonly #hasTried = signal(false);
  readonly #chosen = new Set<number>();
  readonly #room: RoomModel;
  readonly #ui: Ui;
  readonly #draft: Draft;

  constructor(room: RoomModel, ui: Ui, root: number | null, storage: Storage | null, place: UploadPlace) {
    this.#room = room;
    this.#ui = ui;
    this.root = root;
    this.uploads = new Uploads(place);
    this.#draft = draftAt(storage, room.me, room.card.value.id, root);
    this.text = signal(this.#draft.read());
    this.complaint = computed(() => (this.#hasTried.value ? this.#whyNot() : null));
    const fitting = computed<readonly PersonCard[]>(() => this.#offers());
    this.offered = computed(() => fitting.value.slice(0, MOST_OFFERS));
    this.hasMore = computed(() => fitting.value.length > MOST_OFFERS);
  }

  /** The person wrote something. */
  write(text: string, caret: number): void {
    this.#set(text);
    this.look(caret);
    if (text !== "") this.#room.typing.iAmWriting();
  }

  /** The caret moved: does it stand in an "@…"? */
  look(caret: number): void {
    const asked = askedAt(this.text.value, caret);
    if (asked?.from !== this.#asked.value?.from || asked?.query !== this.#asked.value?.query) {
      this.#asked.value = asked;
      this.active.value = 0;
    }
  }

  stopAsking(): void {
    this.#asked.value = null;
  }

  moveActive(steps: number): void {
    const count = this.offered.value.length;
    this.active.value = (this.active.value + steps + count) % count;
  }

  /** Takes the offered person at `index`; what the field should hold now. */
  take(index: number, caret: number): Edited | null {
    const person = this.offered.value[index];
    const asked = this.#asked.value;
    if (person === undefined || asked === null) return null;
    const edited = completed(this.text.value, asked, caret, person);
    this.#chosen.add(person.id);
    this.#set(edited.text);
    this.stopAsking();
    return edited;
  }

  /** Sends it; false when it has to wait, and the person is told why. */
  send(): boolean {
    const text = this.text.value.trim();
    const files = this.uploads.cards;
    const why = this.#whyNot();
    this.#hasTried.value = why !== null;
    if (why !== null || (text === "" && files.length === 0)) return false;
    const mentions = mentionedIn(text, Object.values(this.#room.people.value), this.#chosen);
    if (!this.#room.commands.post({ text, root: this.root, mentions, files })) return false;
    this.#set("");
    this.#chosen.clear();
    this.stopAsking();
    this.uploads.clear();
    this.#room.typing.iHaveSent();
    this.#ui.justSent.value += 1;
    return true;
  }

  #whyNot(): string | null {
    if (lengthOf(this.text.value) > LONGEST_TEXT) {
      return t("A message has at most {n} characters. Shorten it, or send it in parts.", { n: formatNumber(LONGEST_TEXT) });
    }
    if (this.uploads.isBusy) return t("Wait until the files are uploaded.");
    if (this.uploads.hasFailed) return t("Remove the files that are not uploaded.");
    return null;
  }

  #set(text: string): void {
    this.text.value = text;
    this.#draft.write(text);
  }

  #offers(): readonly PersonCard[] {
    const asked = this.#asked.value;
    if (asked === null) return [];
    const others = Object.values(this.#room.people.value).filter((person) => person.id !== this.#room.me && !person.past);
    return offers(others, asked.query, new Set(this.#room.here.value));
  }
}
