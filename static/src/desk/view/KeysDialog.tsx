import type { JSX } from "preact";
import { t } from "../../i18n";
import { DialogFrame } from "../../room/view/DialogFrame";
import { shortcuts } from "../shortcuts";
import { usePage } from "./context";

export function KeysDialog(): JSX.Element {
  const { ui, keys } = usePage();
  return (
    <DialogFrame title={t("Keys")} close={() => (ui.isShowingKeys.value = false)}>
      <dl class="keys">
        {shortcuts().map(({ key, words }) => (
          <>
            <dt>
              <kbd>{key.toUpperCase()}</kbd>
            </dt>
            <dd>{words}</dd>
          </>
        ))}
      </dl>
      <label class="check">
        <input type="checkbox" checked={keys.areOn.value} onChange={(event) => keys.set(event.currentTarget.checked)} />
        <span>{t("Keys do this on this computer")}</span>
      </label>
      <p class="small muted">{t("While you write, they write letters. Tab and Enter always work.")}</p>
    </DialogFrame>
  );
}
