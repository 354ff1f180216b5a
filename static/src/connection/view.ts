// Small pieces of the page.

import type { Level } from "./verdict";

const ICONS: Readonly<Record<Level, string>> = {
  done: "circle-check",
  care: "triangle-alert",
  alarm: "circle-alert",
  info: "info",
};

export function part<Kind extends Element = HTMLElement>(within: ParentNode, selector: string): Kind {
  const found = within.querySelector<Kind>(selector);
  if (found === null) throw new Error(`the page has no ${selector}`);
  return found;
}

export function icon(name: string): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `${document.body.dataset["icons"] ?? ""}#i-${name}`);
  svg.append(use);
  return svg;
}

export function element(tag: string, text: string, className = ""): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className !== "") made.className = className;
  return made;
}

export function badge(level: Level, word: string): HTMLElement {
  const made = element("span", "", `badge ${level}`);
  made.append(icon(ICONS[level]), word);
  return made;
}

export function showNote(box: HTMLElement, level: Level, title: string, lines: readonly string[]): void {
  box.className = level === "info" ? "note" : `note ${level}`;
  const words = document.createElement("div");
  words.append(element("h3", title), ...lines.map((line) => element("p", line)));
  box.replaceChildren(icon(ICONS[level]), words);
}

/** To a screen reader, when it has finished what it is saying. */
export function say(root: ParentNode, words: string): void {
  part(root, "[data-announcer]").textContent = words;
}
