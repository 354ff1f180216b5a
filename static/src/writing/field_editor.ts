// One field under somebody's hands: saved a second after the last letter, kept in the browser
// until the server has it, and shown beside the other version when somebody else was faster.

import { type ReadonlySignal, computed, effect, signal, untracked } from "@preact/signals";
import type { Refusal } from "../live/outbox";

/** Milliseconds after the last letter. */
const PAUSE = 1_000;

/** A value as the server has it. */
export interface Version<Value> {
  readonly value: Value;
  readonly revision: number;
  readonly by: number | null;
}

export type SaveAnswer = { readonly revision: number } | { readonly refusal: Refusal };

export interface FieldPorts<Value> {
  readonly held: ReadonlySignal<Version<Value>>;
  /** False while what has the field is taken out: what was begun waits, and nobody is asked about it. */
  readonly isThere?: ReadonlySignal<boolean>;
  readonly me: number;
  readonly isSame: (one: Value, other: Value) => boolean;
  save(value: Value, base: number): Promise<SaveAnswer>;
  /** Where what is begun outlives the page; null forgets it. */
  keep(begun: { readonly value: Value; readonly base: number } | null): void;
  /** Calls back after some milliseconds; gives the way to call it off. */
  after(milliseconds: number, call: () => void): () => void;
}

/** Turned down, or written by two at once: the field needs its person. */
export function isRefused<Value>({ clash, problem, isOpen }: FieldEditor<Value>): boolean {
  return isOpen.value && (clash.value !== null || problem.value !== null);
}

export class FieldEditor<Value> {
  /** What the person has written and the server does not have yet; null when there is none. */
  readonly draft = signal<Value | null>(null);
  /** What somebody else wrote while this person did. */
  readonly clash = signal<Version<Value> | null>(null);
  readonly isSaving = signal(false);
  readonly problem = signal<string | null>(null);
  /** What the field shows. */
  readonly shown: ReadonlySignal<Value>;
  readonly isOpen = computed(() => this.draft.value !== null && (this.#ports.isThere?.value ?? true));
  readonly #ports: FieldPorts<Value>;
  readonly #stop: () => void;
  #base = 0;
  #saved: { readonly value: Value; readonly revision: number } | null = null;
  #callOff: () => void = () => {};
  #saving: Promise<void> = Promise.resolve();

  constructor(ports: FieldPorts<Value>, begun: { readonly value: Value; readonly base: number } | null = null) {
    this.#ports = ports;
    this.shown = computed(() => this.draft.value ?? ports.held.value.value);
    if (begun !== null && !ports.isSame(begun.value, ports.held.peek().value)) {
      this.draft.value = begun.value;
      this.#base = begun.base;
    }
    this.#stop = effect(() => this.#meet(ports.held.value));
    if (this.draft.peek() !== null) this.#later();
  }

  write(value: Value): void {
    if (this.draft.peek() === null) this.#base = this.#ports.held.peek().revision;
    this.draft.value = value;
    this.problem.value = null;
    this.#ports.keep({ value, base: this.#base });
    this.#later();
  }

  /** Saves now what waits; resolves when it is saved or refused. */
  async flush(): Promise<void> {
    this.#callOff();
    await this.#saving;
    if (this.isOpen.peek() && this.clash.peek() === null && !this.#isSaved()) await this.#save();
  }

  /** Mine in the place of theirs. */
  async keepMine(): Promise<void> {
    this.#base = this.clash.peek()?.revision ?? this.#base;
    this.clash.value = null;
    await this.flush();
  }

  takeTheirs(): void {
    this.clash.value = null;
    this.#settle();
  }

  stop(): void {
    this.#callOff();
    this.#stop();
  }

  /** The server has something new, or the first. */
  #meet(held: Version<Value>): void {
    untracked(() => {
      const draft = this.draft.peek();
      if (draft === null) return;
      if (this.#ports.isSame(draft, held.value)) return this.#settle();
      if (this.#isSaved() && held.revision >= (this.#saved?.revision ?? 0)) return this.#settle();
      if (held.revision <= this.#base) return;
      if (held.by === this.#ports.me) this.#base = held.revision;
      else this.clash.value = held;
    });
  }

  #isSaved(): boolean {
    return this.#saved !== null && this.#saved.value === this.draft.peek();
  }

  #later(): void {
    this.#callOff();
    this.#callOff = this.#ports.after(PAUSE, () => void this.flush());
  }

  #save(): Promise<void> {
    this.#saving = this.#send();
    return this.#saving;
  }

  async #send(): Promise<void> {
    const value = this.draft.peek();
    if (value === null) return;
    this.isSaving.value = true;
    const answer = await this.#ports.save(value, this.#base);
    this.isSaving.value = false;
    if ("refusal" in answer) return this.#refused(answer.refusal);
    this.#base = Math.max(this.#base, answer.revision);
    this.#saved = { value, revision: answer.revision };
    this.#meet(this.#ports.held.peek());
    if (this.draft.peek() !== null && !this.#isSaved()) this.#later();
  }

  #refused({ code, detail, present }: Refusal): void {
    const theirs = present as Partial<Version<Value>> | undefined;
    if (code !== "conflict" || theirs?.revision === undefined) this.problem.value = detail || code;
    else if (this.#ports.isSame(theirs.value as Value, this.draft.peek() as Value)) this.#settle();
    else this.clash.value = theirs as Version<Value>;
  }

  #settle(): void {
    this.#callOff();
    this.draft.value = null;
    this.problem.value = null;
    this.clash.value = null;
    this.#saved = null;
    this.#ports.keep(null);
  }
}
