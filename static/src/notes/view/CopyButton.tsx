// The whole text, to be pasted elsewhere.

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../room/view/marks";

const SHOWN_FOR = 4_000;

export function CopyButton({ text }: { text: () => string }): JSX.Element {
  const [said, setSaid] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSaid(""), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    setSaid((await isCopied(text())) ? t("Copied") : t("The browser does not allow it. Select the text and copy it."));
  };
  return (
    <span class="notes-copy">
      <button class="btn small quiet" type="button" onClick={() => void copy()}>
        <Icon name="copy" />
        {t("Copy as text")}
      </button>
      <span class="small" role="status">
        {said}
      </span>
    </span>
  );
}

/** Old browsers, and pages without https, have no clipboard to write to. */
async function isCopied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
