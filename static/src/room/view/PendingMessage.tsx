// My messages on their way: waiting, sending, sent, not sent.

import type { JSX } from "preact";
import { t } from "../../i18n";
import type { PendingPost } from "../store";
import { Files } from "./Files";
import { usePage } from "./context";
import { Icon } from "./marks";

/** With a `root`, only the replies in that thread. */
export function Pending({ root }: { root: number | null }): JSX.Element {
  const { room } = usePage();
  const shown = room.pending.value.filter((post) => root === null || post.root === root);
  return (
    <>
      {shown.map((post) => (
        <li key={post.id}>
          <PendingMessage post={post} />
        </li>
      ))}
    </>
  );
}

function PendingMessage({ post }: { post: PendingPost }): JSX.Element {
  const hasFailed = post.item.state === "not_sent";
  return (
    <article class={`msg cont ${hasFailed ? "failed" : "sending"}`} aria-label={t("Your message")}>
      <div class="msg-b">
        {post.text !== "" && (
          <div class="msg-t mine" dir="auto">
            <p class="as-typed">{post.text}</p>
          </div>
        )}
        <Files files={post.files} />
        {hasFailed ? <NotSent post={post} /> : <OnItsWay post={post} />}
      </div>
    </article>
  );
}

function OnItsWay({ post }: { post: PendingPost }): JSX.Element {
  const { room } = usePage();
  const isSent = post.item.state === "sent";
  const waits = room.connection.value.phase !== "live";
  return (
    <p class="msg-x">
      <Icon name={isSent ? "check" : "clock"} />
      {isSent ? t("Sent") : waits ? t("Waits for the connection") : t("Sending…")}
    </p>
  );
}

function NotSent({ post }: { post: PendingPost }): JSX.Element {
  const { room, ui } = usePage();
  const { item } = post;
  return (
    <div class="msg-x">
      <b class="bad-t" role="alert">
        <Icon name="circle-alert" />
        {t("Not sent.")} <span>{item.refusal?.detail ?? t("It waited for more than a day.")}</span>
      </b>
      <button class="link-btn" type="button" onClick={() => room.commands.sendAgain(item.id)}>
        <Icon name="rotate-cw" />
        {t("Send again")}
      </button>
      {post.files.length === 0 && (
        <button
          class="link-btn"
          type="button"
          onClick={() => {
            if (post.root !== null) room.openThread(post.root, ui);
            ui.returned.value = { root: post.root, text: post.text };
            room.commands.discard(item.id);
          }}
        >
          {t("Change")}
        </button>
      )}
      <button class="link-btn" type="button" onClick={() => room.commands.discard(item.id)}>
        {t("Delete")}
      </button>
    </div>
  );
}
