import type { JSX } from "preact";
import { Icon } from "../../room/view/marks";
import type { Doing } from "../doings";
import { usePage } from "./context";

export function DoingButton({ doing }: { doing: Doing }): JSX.Element {
  const { ui, keys } = usePage();
  return (
    <button
      class={`btn ${doing.look}`}
      type="button"
      aria-busy={ui.isBusy(doing.run)}
      aria-keyshortcuts={keys.areOn.value && doing.key !== "" ? doing.key : undefined}
      onClick={() => ui.begin(doing)}
    >
      <Icon name={doing.icon} />
      {doing.label}
    </button>
  );
}
