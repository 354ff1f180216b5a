// What a person does in a room, as commands of the live protocol.

import { type ReadonlySignal, signal } from "@preact/signals";
import { t } from "../i18n";
import { OutboxFull } from "../live/outbox";
import type { Following, Live } from "../live/protocol";
import { CommandRefused, type Sent } from "../live/sender";
import type { RoomState } from "./store";
import type { FileCard, MessageCard, ReactionKind, RoomStateName } from "./types";

export interface NewMessage {
  readonly text: string;
  readonly root: number | null;
  readonly mentions: readonly number[];
  readonly files: readonly FileCard[];
}

export interface NewPoll {
  readonly question: string;
  readonly options: readonly string[];
  readonly multiple: boolean;
}

export class Commands {
  /** Why the last command was not done, for the person. What they wrote is shown where it stands instead. */
  readonly complaint = signal<string | null>(null);
  readonly #live: Live;
  readonly #room: Following;
  readonly #state: ReadonlySignal<RoomState>;

  constructor(live: Live, room: Following, state: ReadonlySignal<RoomState>) {
    this.#live = live;
    this.#room = room;
    this.#state = state;
  }

  /** False when so much is waiting for the connection that no more can be taken. */
  post({ text, root, mentions, files }: NewMessage): boolean {
    const data = { text, root, mentions, files: files.map((file) => file.id) };
    return this.#send("message.post", data, { keep: true, show: { files } });
  }

  edit(message: number, text: string, mentions: readonly number[]): boolean {
    return this.#send("message.edit", { message, text, mentions }, { keep: true });
  }

  remove(message: number, reason: string): void {
    this.#send("message.remove", { message, reason });
  }

  setLanguage(message: number, lang: string): void {
    this.#send("message.set_language", { message, lang });
  }

  pin(message: number): void {
    this.#send("message.pin", { message });
  }

  unpin(message: number): void {
    this.#send("message.unpin", { message });
  }

  toggleReaction(card: MessageCard, kind: ReactionKind): void {
    const isGiven = card.reactions[kind]?.includes(this.#state.value.me) ?? false;
    this.#send(isGiven ? "reaction.remove" : "reaction.add", { message: card.seq, kind });
  }

  raiseHand(): void {
    this.#send("hand.raise", {});
  }

  lowerHand(person: number): void {
    this.#send("hand.lower", { person });
  }

  /** Throws OutboxFull; `done` rejects with CommandRefused. */
  openPoll(poll: NewPoll): Sent {
    return this.#room.send("poll.open", poll);
  }

  /** The choice as the server has it; null when it was turned down. */
  async vote(poll: number, options: readonly number[]): Promise<readonly number[] | null> {
    try {
      const { data } = await this.#room.send("poll.vote", { poll, options }).done;
      return (data as { options: readonly number[] }).options;
    } catch (error) {
      this.#complain(error);
      return null;
    }
  }

  closePoll(poll: number): void {
    this.#send("poll.close", { poll });
  }

  setRoomState(state: RoomStateName): void {
    this.#send("room.set_state", { state });
  }

  sendAgain(id: string): void {
    this.#live.sendAgain(id);
  }

  discard(id: string): void {
    this.#live.outbox.drop(id);
  }

  #send(name: string, data: object, options: { keep?: boolean; show?: unknown } = {}): boolean {
    try {
      const { done } = this.#room.send(name, data, options);
      if (!options.keep) done.catch((error: unknown) => this.#complain(error));
      return true;
    } catch (error) {
      this.#complain(error);
      return false;
    }
  }

  #complain(error: unknown): void {
    if (error instanceof CommandRefused) this.complaint.value = error.message;
    else if (error instanceof OutboxFull) this.complaint.value = t("Too much is waiting to be sent. Wait for the connection.");
    else throw error;
  }
}
