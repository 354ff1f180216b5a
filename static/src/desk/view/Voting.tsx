// Points for what matters most: how many people have given theirs, never to what before the vote is closed.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t, tn } from "../../i18n";
import { usePage } from "./context";

const SHOWN = 8;

export function Voting(): JSX.Element | null {
  const { gathering } = usePage();
  const { voting, stage } = gathering.card.value;
  if (voting === "off" && stage !== "converging") return null;
  return (
    <section class="sheet tight" aria-labelledby="voting-title">
      <header>
        <h2 class="h-sm" id="voting-title">
          {t("The vote")}
        </h2>
        {voting === "open" && <span class="badge now">{t("Open")}</span>}
        {voting === "closed" && <span class="badge done">{t("Closed")}</span>}
      </header>
      {voting === "open" && <Open />}
      {voting === "closed" && <Results />}
      {voting !== "open" && stage !== "closed" && <Begin isAgain={voting === "closed"} />}
    </section>
  );
}

function Begin({ isAgain }: { isAgain: boolean }): JSX.Element {
  const { gathering, ui } = usePage();
  const points = useSignal(String(gathering.card.value.points_each));
  const open = (event: Event) => {
    event.preventDefault();
    void ui.do({ name: "voting.open", data: { points_each: Number(points.value) } });
  };
  return (
    <form class="field-row" onSubmit={open}>
      <div class="field">
        <label for="voting-points">{t("Points for each person")}</label>
        <input
          class="in"
          id="voting-points"
          type="number"
          min={1}
          max={20}
          required
          value={points.value}
          onInput={(event) => (points.value = event.currentTarget.value)}
        />
      </div>
      <button class={isAgain ? "btn" : "btn main"} type="submit">
        {isAgain ? t("Open it again") : t("Open the vote")}
      </button>
    </form>
  );
}

function Open(): JSX.Element {
  const { gathering, signals, ui } = usePage();
  const { voters } = gathering.card.value;
  const all = signals.everybody.value.length;
  const close = () =>
    ui.begin({
      run: { name: "voting.close", data: {} },
      question: {
        title: t("Close the vote?"),
        text: t("{voters} of {all} people have given points. Everybody sees the result then.", { voters, all }),
        yes: t("Close the vote"),
        no: t("Wait"),
      },
    });
  return (
    <>
      <p>{tn("{voters} of {n} person has given points", "{voters} of {n} people have given points", all, { voters })}</p>
      <div>
        <button class="btn" type="button" onClick={close}>
          {t("Close the vote")}
        </button>
      </div>
    </>
  );
}

function Results(): JSX.Element {
  const { gathering } = usePage();
  const points = Object.entries(gathering.card.value.results ?? {})
    .map(([id, sum]) => ({ topic: gathering.topic(Number(id)).value, sum }))
    .sort((one, other) => other.sum - one.sum);
  if (points.length === 0) return <p class="small muted">{t("Nobody has given points.")}</p>;
  return (
    <ol class="rows small">
      {points.slice(0, SHOWN).map(({ topic, sum }) => (
        <li key={topic?.id} class="row between nowrap">
          <span lang={topic?.language}>{topic?.title ?? "…"}</span>
          <b class="num">{sum}</b>
        </li>
      ))}
    </ol>
  );
}
