// The first words of what a reply answers; a press opens the whole thread.

import type { JSX } from "preact";
import { t } from "../../i18n";
import type { MessageCard } from "../types";
import { usePage } from "./context";
import { Icon, Name, Unseen } from "./marks";

export function Quote({ card, tabIndex }: { card: MessageCard; tabIndex: number }): JSX.Element | null {
  const { room, ui } = usePage();
  const { quote, root } = card;
  if (quote === null || root === null) return null;
  return (
    <button class="quote" type="button" tabIndex={tabIndex} onClick={() => room.openThread(root, ui)}>
      <Icon name="reply" />
      <span>
        <Unseen>{t("In reply to")} </Unseen>
        <b>
          <Name person={room.people.value[quote.by]} />
        </b>{" "}
        <bdi>{quote.excerpt ?? t("(removed)")}</bdi>
      </span>
    </button>
  );
}
