// A dialog: Escape, its cross and a press outside close it; the focus goes back to where it was.

import type { ComponentChildren, JSX } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { Icon, Unseen } from "./marks";

interface FrameProps {
  title: string;
  close: () => void;
  isDanger?: boolean;
  children: ComponentChildren;
}

export function DialogFrame({ title, close, isDanger = false, children }: FrameProps): JSX.Element {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const beganOutside = useRef(false);
  // Before the next key, which belongs to the dialog.
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    begin(dialog.current);
    return () => {
      if (before?.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog stack ${isDanger ? "danger" : ""}`}
      aria-labelledby={id}
      onClose={close}
      onPointerDown={(event) => (beganOutside.current = isOutside(dialog.current, event))}
      onClick={(event) => beganOutside.current && isOutside(dialog.current, event) && close()}
    >
      <header>
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        <button class="icon-btn" type="button" onClick={close}>
          <Icon name="x" />
          <Unseen>{t("Close")}</Unseen>
        </button>
      </header>
      {children}
    </dialog>
  );
}

/** At the first field, else at the heading; not at the cross, which a browser would choose. */
function begin(dialog: HTMLDialogElement | null): void {
  if (dialog === null || dialog.querySelector("[autofocus]") !== null) return;
  (dialog.querySelector<HTMLElement>("input, textarea, select") ?? dialog.querySelector("h2"))?.focus();
}

/** On the shade around it: its padding is inside, and a selection that ends out there began inside. */
function isOutside(dialog: HTMLDialogElement | null, { target, clientX, clientY }: MouseEvent): boolean {
  if (dialog === null || target !== dialog) return false;
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
