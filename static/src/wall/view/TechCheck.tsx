// "Can you move to another room?", tried before it matters: to the lounge and back. Everybody sees who has moved.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n";
import type { SpaceCard } from "../../openspace/types";
import { Icon } from "../../room/view/marks";
import { useWall } from "../context";
import { go, moveTo } from "../doings";

export function TechCheck(): JSX.Element | null {
  const page = useWall();
  const { gathering } = page;
  const spaces = gathering.spaces.value;
  const lounge = spaces.find((space) => space.kind === "lounge");
  const plenary = spaces.find((space) => space.kind === "plenary");
  const hasBeenAway = useAway(lounge);
  if (lounge === undefined || gathering.card.value.stage === "closed") return null;
  const isAway = gathering.mySpace.value === lounge.id;
  return (
    <section class="sheet tight stack s" aria-labelledby="tech">
      <h2 class="h-sm" id="tech">
        {t("Can you move to another room?")}
      </h2>
      <div role="status">
        {isAway ? (
          <p>
            <b>{t("You are in {space}.", { space: lounge.name })}</b> {t("That was all. Now come back.")}
          </p>
        ) : hasBeenAway ? (
          <p class="row tight">
            <Icon name="circle-check" />
            {t("You can move. In Open Space you do this whenever you like.")}
          </p>
        ) : (
          <p>{t("Try it now, so that it is easy later: go to {space} and come back.", { space: lounge.name })}</p>
        )}
      </div>
      <div class="row">
        {isAway ? (
          <button class="btn main" type="button" onClick={() => (plenary ? moveTo(page, plenary.id) : moveTo(page, null))}>
            <Icon name="arrow-left" />
            {plenary ? t("Come back to {space}", { space: plenary.name }) : t("Come back")}
          </button>
        ) : (
          <button class={hasBeenAway ? "btn" : "btn main"} type="button" onClick={() => void go(page, lounge.id)}>
            <Icon name="footprints" />
            {t("Go to {space}", { space: lounge.name })}
          </button>
        )}
      </div>
    </section>
  );
}

/** Whether the person was in the lounge since this tab was opened. */
function useAway(lounge: SpaceCard | undefined): boolean {
  const { gathering } = useWall();
  const key = `synergy.moved.${gathering.card.value.id}`;
  const hasBeen = useSignal(remembered(key));
  const isThere = lounge !== undefined && gathering.mySpace.value === lounge.id;
  useEffect(() => {
    if (!isThere) return;
    hasBeen.value = true;
    try {
      sessionStorage.setItem(key, "yes");
    } catch {
      // It is remembered until the page is left.
    }
  }, [isThere]);
  return hasBeen.value;
}

function remembered(key: string): boolean {
  try {
    return sessionStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}
