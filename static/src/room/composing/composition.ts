// One text field of a room: its draft, its completion of names, its files. No drawing in here.

import { computed, signal } from "@preact/signals";
import { t } from "../../i18n";
import type { RoomModel } from "../model";
import type { PersonCard } from "../types";
import type { Ui } from "../ui";
import { type Draft, draftAt } from "./draft";
import { type Asked, askedAt, completed, type Edited, mentionedIn, offers } from "./mention";
import { type UploadPlace, Uploads } from "./uploads";

export class Composition {
  readonly text;
  readonly uploads: Uploads;
  /** The people offered for the "@…" that is being written; empty when none is. */
  readonly offered;
  readonly active = signal(0);
  readonly root: number | null;
  readonly #asked = signal<Asked | null>(null);
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
    this.offered = computed<readonly PersonCard[]>(() => this.#offers());
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
    const why = this.#whyWait();
    if (why !== null) this.#ui.say(why);
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

  #whyWait(): string | null {
    if (this.uploads.isBusy) return t("Wait until the files are uploaded.");
    if (this.uploads.list.value.some((upload) => upload.error !== null)) return t("Remove the files that are not uploaded.");
    return null;
  }

  #set(text: string): void {
    this.text.value = text;
    this.#draft.write(text);
  }

  #offers(): readonly PersonCard[] {
    const asked = this.#asked.value;
    if (asked === null) return [];
    const others = Object.values(this.#room.people.value).filter((person) => person.id !== this.#room.me);
    return offers(others, asked.query, new Set(this.#room.here.value));
  }
}
