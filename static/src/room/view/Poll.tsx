// A quick poll: the open one stands above the text field, those that are closed stand in the talk.

import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { formatNumber, t, tn } from "../../i18n";
import type { PollCard } from "../types";
import { usePage } from "./context";
import { Icon, Name, Unseen, When } from "./marks";

export function PollButton(): JSX.Element | null {
  const { room, ui } = usePage();
  if (!room.rights.value.post) return null;
  const why = room.openPoll.value === null ? undefined : t("One poll at a time: close the open one first.");
  const ask = () => (why === undefined ? (ui.dialog.value = { kind: "poll" }) : ui.say(why));
  return (
    <button class="btn small quiet" type="button" aria-disabled={why !== undefined} title={why} onClick={ask}>
      <Icon name="list-checks" />
      {t("Quick poll")}
    </button>
  );
}

export function OpenPoll(): JSX.Element | null {
  const { room } = usePage();
  const poll = room.openPoll.value;
  if (poll === null || room.isOver.value) return null;
  return <Ballot key={poll.id} poll={poll} />;
}

/** It may be folded, so that it does not take the room that the talk needs. */
function Ballot({ poll }: { poll: PollCard }): JSX.Element {
  const isFolded = useSignal(false);
  return (
    <section class="poll open" aria-label={t("Quick poll")}>
      <Heading poll={poll}>
        <button class="icon-btn small" type="button" aria-expanded={!isFolded.value} onClick={() => (isFolded.value = !isFolded.value)}>
          <Icon name="chevron-down" />
          <Unseen>{t("Answers to choose from")}</Unseen>
        </button>
      </Heading>
      {!isFolded.value && <Answers poll={poll} />}
    </section>
  );
}

function Answers({ poll }: { poll: PollCard }): JSX.Element {
  const { room } = usePage();
  const { post, moderate } = room.rights.value;
  const mayClose = moderate || (poll.by === room.me && post);
  return (
    <>
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
    </>
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

function Heading({ poll, children }: { poll: PollCard; children?: ComponentChildren }): JSX.Element {
  const { room } = usePage();
  return (
    <header>
      <p class="micro muted">
        <Icon name="list-checks" /> {poll.closed_at === null ? t("Quick poll") : t("Poll, closed")} · <Name person={room.people.value[poll.by]} />{" "}
        <When at={poll.closed_at ?? poll.at} />
        {children}
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
