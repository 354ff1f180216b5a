// Where a person writes. The text field is left to the browser: setting its value while a letter is being
// composed (ą, ő, ķ, Cyrillic, input methods) would cut it.

import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useId, useMemo, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { Composition } from "../composing/composition";
import { watchDrops } from "../composing/drops";
import { enterSends, fitToText, isComposed } from "../composing/textarea";
import { messagesAt } from "../store";
import { Completion, optionId } from "./Completion";
import { TypingLine } from "./TypingLine";
import { UploadList } from "./UploadList";
import { usePage } from "./context";
import { Icon, Unseen } from "./marks";

/** `rooms/text.py` counts the same. */
const LONGEST_TEXT = 4_000;

export function Composer({ root }: { root: number | null }): JSX.Element | null {
  const { room } = usePage();
  // The banner says why.
  if (room.isOver.value) return null;
  return room.rights.value.post ? <Field root={root} /> : <Closed />;
}

function Field({ root }: { root: number | null }): JSX.Element {
  const { room, ui, storage, uploadPlace } = usePage();
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const composition = useMemo(() => new Composition(room, ui, root, storage, uploadPlace), [root]);
  const { offered, active, uploads } = composition;

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
      {root === null && <TypingLine />}
      <UploadList uploads={uploads} />
      {isOffering && <Completion id={id} people={offered.value} active={active.value} take={take} />}
      <div class="composer-box">
        <label class="vh" for={`${id}-text`}>
          {root === null ? t("Message to {room}", { room: room.card.value.name }) : t("Your reply")}
        </label>
        <textarea
          ref={box}
          id={`${id}-text`}
          rows={1}
          dir="auto"
          maxLength={LONGEST_TEXT}
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

/** Instead of the composer, with the reason. */
function Closed(): JSX.Element {
  const { room } = usePage();
  return (
    <p class="composer closed">
      <Icon name={room.card.value.state === "archived" ? "archive" : "lock"} />
      {room.rights.value.why_not_post}
    </p>
  );
}
