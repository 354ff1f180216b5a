// The paper beside the talk: a thread, or what is pinned. On a phone it has the whole window.

import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { Papers } from "../gathering/Papers";
import { messagesAt } from "../store";
import { Message } from "./Message";
import { Thread } from "./Thread";
import { usePage } from "./context";
import { Icon, Unseen } from "./marks";
import { moveFocus } from "./roving";

export function Panel(): JSX.Element | null {
  const { ui } = usePage();
  const panel = ui.panel.value;
  if (panel === null) return null;
  if (panel.kind === "notes" || panel.kind === "report") return <Papers kind={panel.kind} />;
  return panel.kind === "thread" ? <Thread key={panel.root} root={panel.root} /> : <Pinned />;
}

function Pinned(): JSX.Element {
  const { room, ui } = usePage();
  const cards = messagesAt(room.state.value, room.state.value.pinned);
  const current = ui.current.value.pinned ?? cards[0]?.seq;
  return (
    <Paper title={t("Pinned messages")}>
      <div class="chat-scroll">
        <ul class="chat top" onKeyDown={moveFocus}>
          {cards.map((card) => (
            <li key={card.seq} data-seq={card.seq}>
              <Message card={card} place="pinned" isContinued={false} isCurrent={card.seq === current} />
            </li>
          ))}
          {cards.length === 0 && <li class="empty">{t("Nothing is pinned.")}</li>}
        </ul>
      </div>
    </Paper>
  );
}

/** Takes the focus when it opens, and gives it back when it closes. */
export function Paper({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  const { room, ui } = usePage();
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useMemo(() => document.activeElement as HTMLElement | null, []);
  useLayoutEffect(() => {
    // A reply is begun: its text field has taken the focus already.
    if (!heading.current?.closest("aside")?.contains(document.activeElement)) heading.current?.focus();
    return () => {
      if (before?.isConnected) before.focus();
    };
  }, []);
  return (
    <aside
      class="room-r"
      aria-label={title}
      data-drop
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        room.closePanel(ui);
      }}
    >
      <header class="paper-h">
        <h2 class="h3" tabIndex={-1} ref={heading}>
          {title}
        </h2>
        <button class="icon-btn" type="button" onClick={() => room.closePanel(ui)}>
          <Icon name="x" />
          <Unseen>{t("Close")}</Unseen>
        </button>
      </header>
      {children}
    </aside>
  );
}
