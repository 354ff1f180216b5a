// The list of steps: what runs, and what each found.

import { t } from "../i18n";
import type { Progress } from "./check";
import type { Findings, Step } from "./findings";
import { clockLine, type Line, LINES } from "./verdict";
import { badge, element, part, say } from "./view";

export class Steps implements Progress {
  readonly #root: ParentNode;

  constructor(root: ParentNode) {
    this.#root = root;
  }

  clear(): void {
    for (const result of this.#root.querySelectorAll("[data-step] > :is(.badge, p)")) result.remove();
  }

  begun(step: Step): void {
    this.#show(step, badge("info", t("Checking…")));
    // The two long ones run together; one word for both is enough.
    if (step === "site") say(this.#root, t("Checking the way to the site."));
    if (step === "socket") say(this.#root, t("Checking the live connection. This takes 14 seconds."));
  }

  found(found: Partial<Findings>): void {
    for (const step of Object.keys(found) as Step[]) this.#line(step, lineOf(step, found));
    if (found.site !== undefined) this.#line("clock", clockLine(found.site));
  }

  #line(step: Step | "clock", { level, word, detail }: Line): void {
    this.#show(step, badge(level, word), element("p", detail, "small"));
  }

  #show(step: Step | "clock", ...parts: HTMLElement[]): void {
    const row = part(this.#root, `[data-step="${step}"]`);
    for (const old of row.querySelectorAll(":scope > :is(.badge, p)")) old.remove();
    row.append(...parts);
  }
}

function lineOf(step: Step, found: Partial<Findings>): Line {
  const words = LINES[step] as (finding: unknown) => Line;
  return words(found[step]);
}
