// Where a person writes. The text field is left to the browser: setting its value while a letter is being
// composed (ą, ő, ķ, Cyrillic, input methods) would cut it.

import { untracked, useSignalEffect } from "@preact/signals";
import type { JSX, RefObject } from "preact";
import { useEffect, useId, useMemo, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { Composition, lengthOf } from "../composing/composition";
import { watchDrops } from "../composing/drops";
import { enterSends, fitToText, isComposed } from "../composing/textarea";
import { messagesAt } from "../store";
import { Completion, optionId } from "./Completion";
import { Count } from "./Count";
import { HandButton } from "./Hands";
import { PollButton } from "./Poll";
import { TypingLine } from "./TypingLine";
import { UploadList } from "./UploadList";
import { usePage } from "./context";
import { Icon, Unseen } from "./marks";

/** The main text field, for the link that skips to it. */
const MAIN_FIELD = "composer-text";

interface FieldProps {
  composition: Composition;
  box: RefObject<HTMLTextAreaElement>;
}

/** What was begun outlives the field: the room may be closed in the middle of a sentence. */
export function Composer({ root }: { root: number | null }): JSX.Element | null {
  const { room, ui, storage, uploadPlace } = usePage();
  const box = useRef<HTMLTextAreaElement>(null);
  const composition = useMemo(() => new Composition(room, ui, root, storage, uploadPlace), [root]);
  if (room.rights.value.post && !room.isOver.value) return <Field composition={composition} box={box} />;
  // Asked here, where the field still stands.
  return <Closed composition={composition} hadFocus={box.current !== null && box.current === document.activeElement} />;
}

function Field({ composition, box }: FieldProps): JSX.Element {
  const { room, ui } = usePage();
  const { offered, hasMore, active, uploads, root } = composition;
  const id = useId();
  const field = root === null ? MAIN_FIELD : `${id}-text`;

  const put = (text: string, caret = text.length) => {
    const textarea = box.current;
    if (textarea === null) return;
    textarea.value = text;
    textarea.setSelectionRange(caret, caret);
    fitToText(textarea);
  };
  const send = () => {
    if (composition.send()) put("");
    box.current?.focus();
  };
  const take = (index: number) => {
    const edited = composition.take(index, box.current?.selectionStart ?? 0);
    if (edited !== null) put(edited.text, edited.caret);
    box.current?.focus();
  };
  useEffect(() => put(composition.text.value), [composition]);
  useEffect(() => watchDrops(box.current?.closest<HTMLElement>("[data-drop]") ?? null, (files) => uploads.add(files)), [uploads]);
  useSignalEffect(() => {
    const back = ui.returned.value;
    if (back === null || back.root !== root) return;
    ui.returned.value = null;
    const text = [composition.text.peek(), back.text].filter((part) => part !== "").join("\n");
    composition.write(text, text.length);
    put(text);
    box.current?.focus();
  });
  useSignalEffect(() => {
    if (ui.replyTo.value !== root || root === null) return;
    ui.replyTo.value = null;
    box.current?.focus();
  });
  useSignalEffect(() => {
    if (room.connection.value.phase === "live") untracked(() => uploads.connectionIsBack());
  });
  useEffect(() => {
    const back = () => uploads.connectionIsBack();
    addEventListener("online", back);
    return () => removeEventListener("online", back);
  }, [uploads]);

  const keys = (event: JSX.TargetedKeyboardEvent<HTMLTextAreaElement>) => {
    if (isComposed(event)) return;
    if (offered.value.length > 0 && completionKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey && enterSends()) {
      event.preventDefault();
      send();
    } else if (event.key === "ArrowUp" && event.currentTarget.value === "") {
      editLastOwn();
    }
  };
  const completionKey = (event: KeyboardEvent): boolean => {
    if (event.key === "ArrowDown") composition.moveActive(1);
    else if (event.key === "ArrowUp") composition.moveActive(-1);
    else if (event.key === "Enter" || event.key === "Tab") take(active.value);
    else if (event.key === "Escape") composition.stopAsking();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const editLastOwn = () => {
    const { tail } = room.state.value;
    const own = messagesAt(room.state.value, tail.seqs).findLast((card) => card.by === room.me && card.removed === null);
    if (own !== undefined && root === null && room.isAtPresent.value) ui.editing.value = { seq: own.seq, place: "log" };
  };

  const isOffering = offered.value.length > 0;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {root === null && (
        <div class="composer-top">
          <TypingLine />
          <HandButton isSmall />
          <PollButton />
        </div>
      )}
      <UploadList uploads={uploads} />
      {composition.complaint.value !== null && (
        <p class="bad-t small" role="alert">
          {composition.complaint.value}
        </p>
      )}
      {isOffering && <Completion id={id} people={offered.value} hasMore={hasMore.value} active={active.value} take={take} />}
      <div class="composer-box">
        <label class="vh" for={field}>
          {root === null ? t("Message to {room}", { room: room.card.value.name }) : t("Your reply")}
        </label>
        <textarea
          ref={box}
          id={field}
          rows={1}
          dir="auto"
          aria-describedby={`${id}-count`}
          placeholder={root === null ? t("Write in any language") : t("Reply in this thread")}
          aria-autocomplete="list"
          aria-controls={isOffering ? `${id}-offers` : undefined}
          aria-activedescendant={isOffering ? optionId(id, active.value) : undefined}
          enterkeyhint={enterSends() ? "send" : "enter"}
          onInput={({ currentTarget }) => {
            fitToText(currentTarget);
            composition.write(currentTarget.value, currentTarget.selectionStart);
          }}
          onKeyDown={keys}
          onKeyUp={({ currentTarget, key }) => /^(Home|End|Arrow(Left|Right))$/.test(key) && composition.look(currentTarget.selectionStart)}
          onClick={({ currentTarget }) => composition.look(currentTarget.selectionStart)}
          onBlur={() => composition.stopAsking()}
          onPaste={(event) => {
            const files = [...(event.clipboardData?.files ?? [])];
            // Office programs copy a picture of the text along with the text.
            if (files.length === 0 || event.clipboardData?.types.includes("text/plain")) return;
            event.preventDefault();
            uploads.add(files);
          }}
        />
        <AttachButton add={(files) => uploads.add(files)} />
        <button class="btn main" type="submit">
          <Icon name="send" />
          <Unseen>{t("Send")}</Unseen>
        </button>
      </div>
      <Count id={`${id}-count`} length={lengthOf(composition.text.value)} />
      {root === null && enterSends() && <p class="composer-hint micro only-wide">{t("Enter sends. Shift + Enter starts a new line. @ names a person.")}</p>}
    </form>
  );
}

function AttachButton({ add }: { add: (files: Iterable<File>) => void }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          add([...(currentTarget.files ?? [])]);
          currentTarget.value = "";
        }}
      />
      <button class="icon-btn" type="button" onClick={() => input.current?.click()}>
        <Icon name="paperclip" />
        <Unseen>{t("Add pictures or files")}</Unseen>
      </button>
    </>
  );
}

/** Instead of the composer, with the reason and what was begun. Where the room is over, the banner has the reason. */
function Closed({ composition, hadFocus }: { composition: Composition; hadFocus: boolean }): JSX.Element | null {
  const { room } = usePage();
  const id = useId();
  const notice = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (hadFocus && !room.isOver.value) notice.current?.focus();
  }, []);
  const text = composition.text.value;
  const isOver = room.isOver.value;
  if (isOver && text.trim() === "") return null;
  return (
    <div class="composer closed">
      <p ref={notice} id={composition.root === null ? MAIN_FIELD : undefined} tabIndex={-1}>
        <Icon name={room.card.value.state === "archived" ? "archive" : "lock"} />
        <span>
          {!isOver && room.rights.value.why_not_post} {text.trim() !== "" && t("What you wrote is kept in this browser.")}
        </span>
      </p>
      {text.trim() !== "" && (
        <>
          <label class="vh" for={`${id}-kept`}>
            {t("Your message")}
          </label>
          <textarea class="in" id={`${id}-kept`} rows={3} dir="auto" readOnly value={text} />
        </>
      )}
    </div>
  );
}
