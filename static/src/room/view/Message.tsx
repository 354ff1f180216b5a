// One message, wherever it stands: in the log, in a thread, among the pinned ones.

import type { JSX } from "preact";
import { formatMoment, t, tn } from "../../i18n";
import { choicesFor } from "../choices";
import { languageName, roleName } from "../people";
import type { MessageCard } from "../types";
import type { Place } from "../ui";
import { EditBox, FailedEdit } from "./EditBox";
import { Files } from "./Files";
import { MessageMenu } from "./MessageMenu";
import { MessageText } from "./MessageText";
import { Quote } from "./Quote";
import { Reactions } from "./Reactions";
import { usePage } from "./context";
import { Avatar, Country, Icon, Name, Unseen, When } from "./marks";

interface Props {
  card: MessageCard;
  place: Place;
  isContinued: boolean;
  /** Tab leads here, and to the buttons inside. */
  isCurrent: boolean;
  /** My newest message says that it was sent. */
  isLastOwn?: boolean;
}

/** Reads signals, so it is drawn again only when one of them or of its properties changes. */
export function Message({ card, place, isContinued, isCurrent, isLastOwn }: Props): JSX.Element {
  const { room, ui } = usePage();
  const id = `${place}-${card.seq}`;
  const isEdited = ui.editing.value?.seq === card.seq && ui.editing.value.place === place;
  const css = ["msg", isContinued && "cont", card.removed !== null && "removed"].filter(Boolean).join(" ");
  return (
    <article
      class={css}
      tabIndex={isCurrent ? 0 : -1}
      aria-labelledby={`${id}-by ${id}-at ${id}-text`}
      onFocusIn={() => ui.setCurrent(place, card.seq)}
    >
      {!isContinued && <Avatar person={room.people.value[card.by]} size="s" />}
      <div class="msg-b">
        <Heading card={card} id={id} isContinued={isContinued} tabIndex={isCurrent ? 0 : -1} />
        {card.quote !== null && place === "log" && <Quote card={card} tabIndex={isCurrent ? 0 : -1} />}
        {isEdited ? <EditBox card={card} /> : <Words card={card} id={`${id}-text`} me={room.me} />}
        <FailedEdit seq={card.seq} />
        <Files files={card.files} />
        <Reactions card={card} tabIndex={isCurrent ? 0 : -1} />
        {isLastOwn && <Sent />}
        {place !== "thread" && card.replies > 0 && <Replies card={card} tabIndex={isCurrent ? 0 : -1} />}
      </div>
      {!isEdited && card.removed === null && <Tools card={card} place={place} tabIndex={isCurrent ? 0 : -1} />}
    </article>
  );
}

interface HeadingProps {
  card: MessageCard;
  id: string;
  isContinued: boolean;
  tabIndex: number;
}

function Heading({ card, id, isContinued, tabIndex }: HeadingProps): JSX.Element {
  const { room, ui } = usePage();
  const person = room.people.value[card.by];
  const role = person && roleName(person.role);
  return (
    <p class={isContinued ? "msg-h late" : "msg-h"}>
      <span class={isContinued ? "vh" : undefined}>
        <b id={`${id}-by`}>
          <Name person={person} />
        </b>{" "}
        <Country code={person?.country} />
      </span>
      <span id={`${id}-at`}>
        <When at={card.at} />
      </span>
      {role && !isContinued && <span class="badge">{role}</span>}
      {card.removed === null && card.lang !== room.card.value.language && <span class="st">{languageName(card.lang)}</span>}
      {card.edited_at !== null && (
        <button
          class="st edited"
          type="button"
          tabIndex={tabIndex}
          title={formatMoment(card.edited_at)}
          aria-label={`${t("edited")}: ${t("Earlier versions")}`}
          onClick={() => (ui.dialog.value = { kind: "versions", seq: card.seq })}
        >
          {t("edited")}
        </button>
      )}
      {card.pinned && (
        <span class="st pinned">
          <Icon name="pin" />
          {t("pinned")}
        </span>
      )}
    </p>
  );
}

function Sent(): JSX.Element {
  return (
    <p class="msg-x">
      <Icon name="check" />
      {t("Sent")}
    </p>
  );
}

function Words({ card, id, me }: { card: MessageCard; id: string; me: number }): JSX.Element | null {
  if (card.removed !== null) return <Tombstone card={card} id={id} />;
  if (card.text === "") return <span id={id} />;
  const css = card.by === me ? "mine" : "";
  return <MessageText text={card.text} doc={card.doc} lang={card.lang} me={me} id={id} class={css} />;
}

function Tombstone({ card, id }: { card: MessageCard; id: string }): JSX.Element | null {
  const { room } = usePage();
  const { removed } = card;
  if (removed === null) return null;
  const name = room.people.value[removed.by]?.name ?? "…";
  const words =
    removed.by === card.by ? t("{name} removed this message.", { name }) : t("Removed by {name}, who facilitates here.", { name });
  return (
    <p class="msg-t tombstone" id={id}>
      <Icon name="trash-2" />
      <span>
        {words} {removed.reason !== "" && <bdi>{t("Reason: {reason}", { reason: removed.reason })}</bdi>}
      </span>
    </p>
  );
}

function Replies({ card, tabIndex }: { card: MessageCard; tabIndex: number }): JSX.Element {
  const { room, ui } = usePage();
  return (
    <p class="msg-x">
      <button class="link-btn" type="button" tabIndex={tabIndex} onClick={() => room.openThread(card.seq, ui)}>
        <Icon name="messages-square" />
        {tn("{n} reply", "{n} replies", card.replies)}
      </button>
      {card.last_reply_at !== null && (
        <span>
          {t("last at")} <When at={card.last_reply_at} />
        </span>
      )}
    </p>
  );
}

/** Shown under the pointer and on the message in focus; on a touch screen only the menu is, always. */
function Tools({ card, place, tabIndex }: { card: MessageCard; place: Place; tabIndex: number }): JSX.Element {
  const { room, ui } = usePage();
  const { me } = room;
  const can = choicesFor(card, room.rights.value, me);
  const agrees = card.reactions["agree"]?.includes(me) ?? false;
  return (
    <div class="msg-tools">
      {can.react && card.by !== me && (
        <button
          class="tool"
          type="button"
          tabIndex={tabIndex}
          aria-pressed={agrees}
          onClick={() => room.commands.toggleReaction(card, "agree")}
        >
          <Icon name="thumbs-up" />
          {t("Agree")}
        </button>
      )}
      {can.reply && place !== "thread" && (
        <button class="tool" type="button" tabIndex={tabIndex} onClick={() => room.replyIn(card.root ?? card.seq, ui)}>
          <Icon name="reply" />
          {t("Reply")}
          <Unseen> {t("in thread")}</Unseen>
        </button>
      )}
      <MessageMenu card={card} place={place} tabIndex={tabIndex} />
    </div>
  );
}
