// A message being changed by its author.

import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { LONGEST_TEXT, lengthOf } from "../composing/composition";
import { mentionedIn } from "../composing/mention";
import { enterSends, fitToText, isComposed } from "../composing/textarea";
import type { MessageCard } from "../types";
import { Count } from "./Count";
import { usePage } from "./context";
import { Icon } from "./marks";

export function EditBox({ card }: { card: MessageCard }): JSX.Element {
  const { room, ui } = usePage();
  const box = useRef<HTMLTextAreaElement>(null);
  const cameFrom = useRef<HTMLElement | null>(null);
  const [length, setLength] = useState(lengthOf(card.text));

  // Before the next key, which belongs to the text.
  useLayoutEffect(() => {
    const textarea = box.current;
    if (textarea === null) return;
    cameFrom.current = document.querySelector<HTMLElement>("textarea:focus");
    fitToText(textarea);
    textarea.focus();
    textarea.setSelectionRange(textarea.value.length, textarea.value.length);
  }, []);

  const leave = () => {
    const article = box.current?.closest<HTMLElement>("article");
    ui.editing.value = null;
    (cameFrom.current ?? article)?.focus();
  };
  const save = () => {
    const text = box.current?.value.trim() ?? "";
    if (lengthOf(text) > LONGEST_TEXT || (text === "" && card.files.length === 0)) return;
    if (text !== card.text) {
      const mentions = mentionedIn(text, Object.values(room.people.value), new Set(card.mentions));
      if (!room.commands.edit(card.seq, text, mentions)) return;
    }
    leave();
  };
  const keys = (event: KeyboardEvent) => {
    if (isComposed(event)) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      leave();
    } else if (event.key === "Enter" && !event.shiftKey && enterSends()) {
      event.preventDefault();
      save();
    }
  };
  const field = `edit-${card.seq}`;
  return (
    <form
      class="edit"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <label class="vh" for={field}>
        {t("Change your message")}
      </label>
      <textarea
        ref={box}
        class="in"
        id={field}
        rows={1}
        dir="auto"
        lang={card.lang}
        defaultValue={card.text}
        aria-describedby={`${field}-count`}
        onInput={(event) => {
          fitToText(event.currentTarget);
          setLength(lengthOf(event.currentTarget.value));
        }}
        onKeyDown={keys}
      />
      <Count id={`${field}-count`} length={length} />
      <div class="row tight">
        <button class="btn main small" type="submit">
          {t("Save")}
        </button>
        <button class="btn quiet small" type="button" onClick={leave}>
          {t("Cancel")}
        </button>
        <span class="micro muted only-wide">{t("Others can read the earlier version.")}</span>
      </div>
    </form>
  );
}

/** A change that the server turned down: the words are kept until the person decides. */
export function FailedEdit({ seq }: { seq: number }): JSX.Element | null {
  const { room } = usePage();
  const item = room.failedEdits.value?.get(seq);
  if (item === undefined) return null;
  return (
    <div class="failed-edit">
      <p class="bad-t" role="alert">
        <Icon name="circle-alert" />
        {t("Your change is not saved.")} {item.refusal?.detail}
      </p>
      <p class="as-typed">{(item.data as { text: string }).text}</p>
      <p class="msg-x">
        <button class="link-btn" type="button" onClick={() => room.commands.sendAgain(item.id)}>
          {t("Save again")}
        </button>
        <button class="link-btn" type="button" onClick={() => room.commands.discard(item.id)}>
          {t("Keep the old text")}
        </button>
      </p>
    </div>
  );
}
