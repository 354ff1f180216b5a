// The menu of one sheet: what this person may do with this topic, and nothing else.

import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { type Choice, choicesFor } from "../choices";
import { Icon } from "../../room/view/marks";
import { menuKeys, placeBeside } from "../../room/view/menu";
import { useWall } from "../context";

export function SheetMenu(): JSX.Element | null {
  const { ui } = useWall();
  const menu = ui.menu.value;
  return menu === null ? null : <Opened key={`${menu.topic}-${menu.place?.slot}`} />;
}

function Opened(): JSX.Element | null {
  const page = useWall();
  const { gathering, ui } = page;
  const box = useRef<HTMLDivElement>(null);
  const menu = ui.menu.value;
  // Before the next key, which belongs to the menu.
  useLayoutEffect(() => {
    if (box.current === null || menu === null) return;
    box.current.showPopover();
    placeBeside(box.current, menu.button);
    box.current.querySelector<HTMLElement>("[role=menuitem]")?.focus();
  }, []);
  const topic = gathering.topic(menu?.topic ?? 0).value;
  if (menu === null || topic === undefined) return null;
  const run = (choice: Choice) => {
    ui.menu.value = null;
    menu.button.focus();
    choice.run();
  };
  return (
    <div
      ref={box}
      class="menu-box floating"
      role="menu"
      aria-label={t("Actions for “{title}”", { title: topic.title })}
      popover="auto"
      onToggle={(event) => event.newState === "closed" && ui.menu.value === menu && (ui.menu.value = null)}
      onKeyDown={(event) => menuKeys(event, () => menu.button.focus())}
    >
      {choicesFor(page, topic, menu.place).map((choice) => (
        <button
          key={choice.text}
          class={choice.isDanger ? "menu-item danger" : "menu-item"}
          type="button"
          role="menuitem"
          tabIndex={-1}
          onClick={() => run(choice)}
        >
          <Icon name={choice.icon} />
          {choice.text}
        </button>
      ))}
    </div>
  );
}
