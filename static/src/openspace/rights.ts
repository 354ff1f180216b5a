// Who may do what with a topic, as sessions/openspace/rules.py says it: to offer what will be done, and to
// say why not. The server decides.

import { t } from "../i18n";
import type { GatheringCard, GatheringRights, TopicCard } from "./types";

/** Its convener or a co-convener: they change, place and move it, and nobody else does. */
export function isMine(topic: TopicCard, me: number): boolean {
  return topic.convener === me || topic.co_conveners.includes(me);
}

/** Why the person cannot propose or place; null when they can. */
export function whyNoMarket(card: GatheringCard, rights: GatheringRights): string | null {
  if (!rights.take_part) return rights.why_not;
  return card.is_market_open ? null : t("The market is closed at the moment. A facilitator can open it again.");
}
