// Task groups: the page of a day follows what is published, and the page where they are made what others change.

import { signal } from "@preact/signals";
import { type JSX, render } from "preact";
import { t } from "../i18n";
import { browserPorts } from "../live/browser";
import { Live } from "../live/protocol";
import type { StreamPhase } from "../live/stream";
import type { ConnectionStatus, LiveEvent } from "../live/types";
import { takeSpriteIn } from "../room/sprite";
import { Banner } from "../room/view/Banner";
import { ConnectionMark } from "../room/view/ConnectionMark";
import { Toast } from "../room/view/Toast";
import { GroupsDesk } from "./desk";
import { watchDrags } from "./dragging";
import { MoveDialog } from "./MoveDialog";
import { type Place, groupsIn, placeOf } from "./places";
import { takeIn } from "./parts";

/** Milliseconds between two looks whether there are groups at last. */
const LOOK = 20_000;
/** Many people look at one page: they do not all fetch it in the same moment. Milliseconds. */
const SPREAD = 1_500;

/** Follows the stream of the page; calls back for each event of somebody else, and tells of the connection. */
function follow(root: HTMLElement, heard: (events: readonly LiveEvent[]) => void): { Notes: () => JSX.Element } {
  const live = new Live(Number(root.dataset["me"]), browserPorts());
  const connection = signal<ConnectionStatus>(live.status);
  const phase = signal<StreamPhase>("opening");
  live.onStatus((status) => (connection.value = status));
  live.follow(
    root.dataset["stream"] ?? "",
    { renew: () => heard([]), apply: heard, phase: (now) => (phase.value = now) },
    Number(root.dataset["head"]),
  );
  const mark = document.querySelector("[data-connection]");
  if (mark !== null) render(<ConnectionMark status={connection} />, mark);
  live.start();
  const Notes = () => <Banner connection={connection.value} phase={phase.value} retry={() => live.retryNow()} />;
  return { Notes };
}

/** A place above the parts that the server draws. */
function placeFor(root: HTMLElement): HTMLElement {
  const place = document.createElement("div");
  root.prepend(place);
  return place;
}

function beginDay(root: HTMLElement): void {
  const refresh = async () => {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } }).catch(() => null);
    if (answer === null || !answer.ok || answer.redirected) return;
    const html = await answer.text();
    // From now on there is something to follow.
    if (root.dataset["stream"] === undefined && html.includes('data-stream="')) return location.reload();
    takeIn(document, html);
  };
  if (root.dataset["stream"] === undefined) return void setInterval(() => void refresh(), LOOK);
  const { Notes } = follow(root, (events) => {
    setTimeout(() => void refresh(), Math.random() * SPREAD);
    const spoken = document.querySelector("[data-spoken]");
    if (spoken === null || events.length === 0) return;
    spoken.textContent = events.some(({ name }) => name === "groups.published") ? t("The groups are published.") : t("The groups have changed.");
  });
  render(<Notes />, placeFor(root));
}

function beginMaking(root: HTMLElement): void {
  const desk = new GroupsDesk();
  const moving = signal<Place | null>(null);
  const press = (asked: string, back?: string) => {
    const form = new FormData(document.querySelector<HTMLFormElement>("[data-hand]") ?? undefined);
    form.set("do", asked);
    moving.value = null;
    void desk.press(form).then(() => back !== undefined && focusOn(back));
  };
  const notes = signal<(() => JSX.Element | null) | null>(null);
  const looking = setInterval(() => root.dataset["stream"] === undefined && void desk.refresh(), LOOK);
  const followIfProposed = () => {
    if (root.dataset["stream"] === undefined || notes.peek() !== null) return;
    clearInterval(looking);
    notes.value = followAsMaker(root, desk);
  };
  wake(root);
  desk.onFresh = (html) => {
    wake(root);
    takeStream(root, html);
    followIfProposed();
  };
  watchForms(root, desk);
  watchDrags(root, (person, seen, to) => press(`move:${person}:${seen}:${to}`));
  root.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest("[data-move]");
    const row = button?.closest<HTMLElement>("[data-person]");
    if (row) moving.value = placeOf(row);
  });
  const Dialogs = () => {
    const place = moving.value;
    return place === null ? null : (
      <MoveDialog
        key={place.person}
        place={place}
        groups={groupsIn(root)}
        mayKeepOut={root.querySelector("[data-propose]") !== null}
        press={(asked) => press(asked, `move${place.person}`)}
        close={() => (moving.value = null)}
      />
    );
  };
  const Notes = () => (notes.value === null ? null : <notes.value />);
  followIfProposed();
  render(
    <>
      <Notes />
      <Dialogs />
      <Toast text={desk.toast} />
    </>,
    placeFor(root),
  );
}

function followAsMaker(root: HTMLElement, desk: GroupsDesk): () => JSX.Element {
  const me = Number(root.dataset["me"]);
  return follow(root, (events) => {
    if (events.length === 0 || events.some(({ by }) => by !== me)) desk.refreshSoon();
  }).Notes;
}

/** With the first proposal there is something to follow. */
function takeStream(root: HTMLElement, html: string): void {
  const [, stream, head] = /data-stream="(mix:\d+)" data-head="(\d+)"/.exec(html) ?? [];
  if (root.dataset["stream"] !== undefined || stream === undefined) return;
  root.dataset["stream"] = stream;
  root.dataset["head"] = head;
}

/** What only works with scripts. */
function wake(root: HTMLElement): void {
  for (const button of root.querySelectorAll<HTMLElement>("[data-move]")) button.hidden = false;
  for (const row of root.querySelectorAll<HTMLElement>("[data-person]")) row.draggable = true;
}

function watchForms(root: HTMLElement, desk: GroupsDesk): void {
  root.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    button?.setAttribute("aria-busy", "true");
    const isProposing = button?.value === "propose";
    if (isProposing) tell(root, t("The groups are being mixed. This takes a moment."));
    void desk.press(new FormData(form, button)).finally(() => {
      form.removeAttribute("aria-busy");
      button?.removeAttribute("aria-busy");
      if (button?.id) focusOn(button.id);
    });
  });
}

/** Shown and read out until the answer comes, which takes its place. */
function tell(root: HTMLElement, text: string): void {
  const said = root.querySelector('[data-part="said"]');
  if (said === null) return;
  const note = document.createElement("p");
  note.className = "note";
  note.textContent = text;
  said.replaceChildren(note);
  root.querySelector('[data-part="refused"]')?.replaceChildren();
}

/** Where the row went, so that the next key works there. */
function focusOn(id: string): void {
  const there = document.getElementById(id);
  if (there === null || (document.activeElement !== document.body && document.activeElement?.id !== id)) return;
  there.focus();
  there.scrollIntoView({ block: "nearest" });
}

const making = document.querySelector<HTMLElement>("[data-make]");
const day = document.querySelector<HTMLElement>("[data-groups]");
if (making !== null) beginMaking(making);
else if (day !== null) beginDay(day);
takeSpriteIn().catch(() => {});
