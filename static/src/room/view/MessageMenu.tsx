// The menu of one message. It lies in the browser's top layer, so that the log does not cut it off.

import type { JSX } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { choicesFor, reactionsOffered } from "../choices";
import type { MessageCard } from "../types";
import type { Place } from "../ui";
import { usePage } from "./context";
import { Icon, Unseen } from "./marks";
import { menuKeys, placeBeside } from "./menu";

interface Props {
  card: MessageCard;
  place: Place;
  tabIndex: number;
}

export function MessageMenu({ card, place, tabIndex }: Props): JSX.Element {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);

  // The items are drawn between the two events.
  const opened = (event: Pick<ToggleEvent, "newState">) => {
    if (event.newState !== "open" || box.current === null || button.current === null) return;
    placeBeside(box.current, button.current);
    box.current.querySelector<HTMLElement>("[role^=menuitem]")?.focus();
  };
  const close = () => box.current?.hidePopover();

  return (
    <>
      <button
        ref={button}
        class="icon-btn small"
        type="button"
        tabIndex={tabIndex}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        popovertarget={id}
        data-menu-button
      >
        <Icon name="ellipsis" />
        <Unseen>{t("More actions")}</Unseen>
      </button>
      <div
        ref={box}
        id={id}
        class="menu-box floating"
        role="menu"
        aria-label={t("Actions for this message")}
        popover="auto"
        onBeforeToggle={(event) => setOpen(event.newState === "open")}
        onToggle={opened}
        onKeyDown={(event) => menuKeys(event, () => button.current?.focus())}
      >
        {isOpen && <Items card={card} place={place} close={close} />}
      </div>
    </>
  );
}

interface ItemsProps {
  card: MessageCard;
  place: Place;
  close: () => void;
}

function Items({ card, place, close }: ItemsProps): JSX.Element {
  const { room, ui } = usePage();
  const { id } = room.card.value;
  const can = choicesFor(card, room.rights.value, room.me);
  const root = card.root ?? card.seq;
  const item = (icon: string, text: string, run: () => void, css = "") => (
    <button
      class={`menu-item ${css}`}
      type="button"
      role="menuitem"
      tabIndex={-1}
      onClick={() => {
        close();
        run();
      }}
    >
      <Icon name={icon} />
      {text}
    </button>
  );
  return (
    <>
      {can.react && <ReactionItems card={card} close={close} />}
      {can.reply && item("reply", t("Reply in thread"), () => room.replyIn(root, ui))}
      {!can.reply && can.readThread && item("messages-square", t("Read the thread"), () => room.openThread(root, ui))}
      {can.edit && item("pencil", t("Edit"), () => (ui.editing.value = { seq: card.seq, place }))}
      {can.versions && item("history", t("Earlier versions"), () => (ui.dialog.value = { kind: "versions", seq: card.seq }))}
      {can.language && item("languages", t("Change the language"), () => (ui.dialog.value = { kind: "language", seq: card.seq }))}
      {can.pin && !card.pinned && item("pin", t("Pin"), () => room.commands.pin(card.seq))}
      {can.pin && card.pinned && item("pin-off", t("Unpin"), () => room.commands.unpin(card.seq))}
      {place !== "log" && item("message-square", t("Show in the talk"), () => room.seek(card.seq, ui))}
      {item("link", t("Copy the link"), () => void copyLink(id, card.seq).then((text) => ui.say(text)))}
      {can.remove && item("trash-2", t("Remove"), () => (ui.dialog.value = { kind: "remove", seq: card.seq }), "danger")}
    </>
  );
}

function ReactionItems({ card, close }: { card: MessageCard; close: () => void }): JSX.Element {
  const { room } = usePage();
  const { me } = room;
  return (
    <>
      {reactionsOffered().map(({ kind, word, icon }) => (
        <button
          key={kind}
          class="menu-item"
          type="button"
          role="menuitemcheckbox"
          aria-checked={card.reactions[kind]?.includes(me) ?? false}
          tabIndex={-1}
          onClick={() => {
            close();
            room.commands.toggleReaction(card, kind);
          }}
        >
          <Icon name={icon} />
          {word}
          {card.reactions[kind]?.includes(me) && (
            <span class="tick">
              <Icon name="check" />
            </span>
          )}
        </button>
      ))}
      <hr />
    </>
  );
}

async function copyLink(room: number, seq: number): Promise<string> {
  const link = new URL(`/rooms/${room}/#m${seq}`, location.href).href;
  try {
    await navigator.clipboard.writeText(link);
    return t("The link is copied.");
  } catch {
    return link;
  }
}
