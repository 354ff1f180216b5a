// One dot per interested person, in the colour of their country; the number says the same.

import type { JSX } from "preact";
import { t, tn } from "../../i18n";
import type { TopicCard } from "../../openspace/types";
import { Icon, Unseen } from "../../room/view/marks";
import { useWall } from "../context";
import { toggleInterest } from "../doings";

/** More are told by the number alone; `MOST_DOTS` of the server's page is the same. */
const MOST_DOTS = 24;
const IN_A_ROW = 8;

export function Interest({ topic }: { topic: TopicCard }): JSX.Element {
  const page = useWall();
  const { gathering } = page;
  const { interested } = topic;
  const isMarked = interested.includes(gathering.me);
  const n = interested.length;
  if (!gathering.rights.value.take_part) {
    return (
      <span class="mark-n">
        <Dots people={interested} /> <span>{tn("{n} interested", "{n} interested", n)}</span>
      </span>
    );
  }
  return (
    <button
      class="mark-btn"
      type="button"
      aria-pressed={isMarked}
      onClick={() => toggleInterest(page, topic.id)}
    >
      <Dots people={interested} />
      <span>{n === 0 ? t("Interested?") : tn("{n} interested", "{n} interested", n)}</span>
      {isMarked && (
        <span class="t-you">
          {" "}
          <Icon name="check" />
          {t("you")}
        </span>
      )}
      <Unseen> {t("I am interested in “{title}”", { title: topic.title })}</Unseen>
    </button>
  );
}

export function Dots({ people }: { people: readonly number[] }): JSX.Element | null {
  const { gathering } = useWall();
  const drawn = people.slice(0, MOST_DOTS);
  if (drawn.length === 0) return null;
  const columns = Math.min(drawn.length, IN_A_ROW);
  const rows = Math.ceil(drawn.length / IN_A_ROW);
  const directory = gathering.people.value;
  return (
    <svg class="dots" viewBox={`0 0 ${columns * 10} ${rows * 10}`} width={columns * 9} height={rows * 9} aria-hidden="true">
      {drawn.map((id, at) => (
        <circle
          key={id}
          cx={5 + 10 * (at % IN_A_ROW)}
          cy={5 + 10 * Math.floor(at / IN_A_ROW)}
          r="3.9"
          data-c={directory[id]?.country.toLowerCase()}
        />
      ))}
    </svg>
  );
}
