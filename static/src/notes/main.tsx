// The page of one set of notes: the server has written its text, from here on people write it together.

import type { Signal } from "@preact/signals";
import { signal } from "@preact/signals";
import { render } from "preact";
import type { JSX } from "preact";
import { browserPorts } from "../live/browser";
import { Live } from "../live/protocol";
import type { ConnectionStatus } from "../live/types";
import { Banner } from "../room/view/Banner";
import { ConnectionMark } from "../room/view/ConnectionMark";
import { takeSpriteIn } from "../room/sprite";
import type { NotesStateCard } from "./types";
import { NotesPanel } from "./view/NotesPanel";

interface Props {
  live: Live;
  connection: Signal<ConnectionStatus>;
  start: { card: NotesStateCard; head: number };
}

function Page({ live, connection, start }: Props): JSX.Element {
  return (
    <>
      <Banner connection={connection.value} phase="live" retry={() => live.retryNow()} />
      <NotesPanel live={live} stream={`notes:${start.card.notes.id}`} start={start} />
    </>
  );
}

function begin(root: HTMLElement): void {
  const card = JSON.parse(document.getElementById("notes-state")?.textContent ?? "") as NotesStateCard;
  const live = new Live(card.me, browserPorts());
  const connection = signal(live.status);
  live.onStatus((status) => (connection.value = status));
  root.replaceChildren();
  render(<Page live={live} connection={connection} start={{ card, head: Number(root.dataset["head"]) }} />, root);
  const mark = document.querySelector("[data-connection]");
  if (mark !== null) render(<ConnectionMark status={connection} />, mark);
  live.start();
  takeSpriteIn().catch(() => {});
}

const root = document.querySelector<HTMLElement>("[data-notes]");
if (root !== null) begin(root);
