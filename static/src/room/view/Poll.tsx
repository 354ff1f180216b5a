// A quick poll: the open one stands above the text field, those that are closed stand in the talk.

import type { JSX } from "preact";
import { formatNumber, t, tn } from "../../i18n";
import type { PollCard } from "../types";
import { usePage } from "./context";
import { Icon, Name, Unseen, When } from "./marks";

export function PollButton(): JSX.Element | null {
  const { room, ui } = usePage();
  if (room.openPoll.value !== null || !room.rights.value.post) return null;
  return (
    <button class="btn small quiet" type="button" onClick={() => (ui.dialog.value = { kind: "poll" })}>
      <Icon name="list-checks" />
      {t("Quick poll")}
    </button>
  );
}

export function OpenPoll(): JSX.Element | null {
  const { room } = usePage();
  const poll = room.openPoll.value;
  if (poll === null || room.isOver.value) return null;
  const { post, moderate } = room.rights.value;
  const mayClose = moderate || (poll.by === room.me && post);
  return (
    <section class="poll open" aria-label={t("Quick poll")}>
      <Heading poll={poll} />
      <fieldset disabled={!post}>
        <legend class="vh">{poll.question}</legend>
        {poll.options.map((option, index) => (
          <Answer key={index} poll={poll} index={index} text={option} />
        ))}
      </fieldset>
      <p class="poll-end">
        <span class="muted">
          <Votes n={poll.voters} /> · {poll.multiple ? t("Several answers are possible.") : t("One answer.")} {t("Nobody sees who chose what.")}
        </span>
        {mayClose && (
          <button class="btn small" type="button" onClick={() => room.commands.closePoll(poll.id)}>
            {t("Close the poll")}
          </button>
        )}
      </p>
    </section>
  );
}

function Answer({ poll, index, text }: { poll: PollCard; index: number; text: string }): JSX.Element {
  const { room } = usePage();
  const isMine = poll.mine.includes(index);
  const choose = () => {
    const chosen = poll.multiple ? toggled(poll.mine, index) : [index];
    void room.vote(poll.id, chosen);
  };
  return (
    <label class="poll-option">
      <input
        type={poll.multiple ? "checkbox" : "radio"}
        name={`poll-${poll.id}`}
        checked={isMine}
        onChange={choose}
        // Pressed once more, a choice is taken back.
        onClick={() => !poll.multiple && isMine && void room.vote(poll.id, [])}
      />
      <bdi>{text}</bdi>
      <Bar poll={poll} index={index} />
    </label>
  );
}

export function ClosedPoll({ poll }: { poll: PollCard }): JSX.Element {
  const most = Math.max(...poll.counts);
  return (
    <section class="poll" aria-label={t("Poll, closed")}>
      <Heading poll={poll} />
      <ul>
        {poll.options.map((option, index) => (
          <li key={index} class={poll.counts[index] === most && most > 0 ? "poll-option most" : "poll-option"}>
            {poll.mine.includes(index) ? <Icon name="check" /> : <span />}
            <span>
              <bdi>{option}</bdi>
              {poll.mine.includes(index) && <Unseen> {t("(your choice)")}</Unseen>}
            </span>
            <Bar poll={poll} index={index} />
          </li>
        ))}
      </ul>
      <p class="poll-end muted">
        <Votes n={poll.voters} />
      </p>
    </section>
  );
}

function Heading({ poll }: { poll: PollCard }): JSX.Element {
  const { room } = usePage();
  return (
    <header>
      <p class="micro muted">
        <Icon name="list-checks" /> {poll.closed_at === null ? t("Quick poll") : t("Poll, closed")} · <Name person={room.people.value[poll.by]} />{" "}
        <When at={poll.closed_at ?? poll.at} />
      </p>
      <p class="poll-question" dir="auto">
        {poll.question}
      </p>
    </header>
  );
}

/** The bar is for the eye, the figure says the same. */
function Bar({ poll, index }: { poll: PollCard; index: number }): JSX.Element {
  const count = poll.counts[index] ?? 0;
  return (
    <span class="poll-count">
      <progress aria-hidden="true" value={count} max={Math.max(poll.voters, 1)} />
      <span class="num">
        {formatNumber(count)}
        <Unseen> {tn("vote", "votes", count)}</Unseen>
      </span>
    </span>
  );
}

function Votes({ n }: { n: number }): JSX.Element {
  return <>{tn("{n} person has answered", "{n} people have answered", n)}</>;
}

function toggled(chosen: readonly number[], index: number): number[] {
  return chosen.includes(index) ? chosen.filter((other) => other !== index) : [...chosen, index];
}
