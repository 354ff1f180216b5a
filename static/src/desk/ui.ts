// What the desk is about to do: a question before it, and that it is on its way.

import { signal } from "@preact/signals";
import type { Answer, Commands } from "../openspace/commands";
import type { Doing, Question, Run } from "./doings";

export interface Asked {
  readonly question: Question;
  readonly run: Run;
}

export class Ui {
  readonly asked = signal<Asked | null>(null);
  readonly isShowingKeys = signal(false);
  /** Names of commands that are not answered yet: a second press does not do it twice. */
  readonly busy = signal<ReadonlySet<string>>(new Set());
  /** For screen readers, and for what has no other answer on the page. */
  readonly spoken = signal("");
  /** When the gong was rung last, as far as this page has heard. */
  readonly rungAt = signal<string | null>(null);
  readonly #commands: Commands;

  constructor(commands: Commands) {
    this.#commands = commands;
  }

  /** Does it, or asks first. */
  begin({ run, question }: Pick<Doing, "run" | "question">): void {
    if (question === undefined) void this.do(run);
    else this.asked.value = { question, run };
  }

  /** Null when the same is on its way already. */
  async do(run: Run): Promise<Answer | null> {
    const key = JSON.stringify(run);
    if (this.busy.value.has(key)) return null;
    this.busy.value = new Set([...this.busy.value, key]);
    this.#commands.complaint.value = null;
    try {
      return await this.#commands.do(run.name, run.data);
    } finally {
      this.busy.value = new Set([...this.busy.value].filter((each) => each !== key));
    }
  }

  isBusy(run: Run): boolean {
    return this.busy.value.has(JSON.stringify(run));
  }
}
