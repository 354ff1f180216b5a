// The common board of the closing circle: one short word each.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../i18n";
import { Country, Name } from "../../room/view/marks";
import { useWall } from "../context";

/** `WORD_LIMIT` of sessions/openspace/actions/circles.py. */
const LONGEST = 40;
/** So many characters before the end it is said. */
const NEAR_END = 10;

export function Words(): JSX.Element {
  const { gathering } = useWall();
  const words = gathering.words.value;
  const maySay = gathering.card.value.stage === "closing" && gathering.rights.value.take_part;
  return (
    <section class="sheet tight stack s" aria-labelledby="words">
      <header>
        <h2 class="h-sm" id="words">
          {t("One word from each of us")}
        </h2>
      </header>
      {words.length === 0 && <p class="muted small">{t("No word yet. What do you take home? One word is enough.")}</p>}
      <ul class="word-board">
        {words.map(({ id, word }) => (
          <li key={id}>
            <b dir="auto">{word}</b>
            <small>
              <Name person={gathering.people.value[id]} /> <Country code={gathering.people.value[id]?.country} />
            </small>
          </li>
        ))}
      </ul>
      {maySay && <WordForm />}
    </section>
  );
}

function WordForm(): JSX.Element {
  const { gathering, ui } = useWall();
  const mine = gathering.words.value.find(({ id }) => id === gathering.me)?.word;
  const word = useSignal(mine ?? "");
  const say = async (event: Event) => {
    event.preventDefault();
    const text = word.value.trim();
    if (text === "") return ui.say(t("Write a word first."));
    const answer = await gathering.commands.do("word.say", { word: text });
    if (answer.isDone) ui.say(t("Your word is on the board."));
  };
  return (
    <form class="row" onSubmit={(event) => void say(event)}>
      <label class="vh" for="word">
        {t("Your word")}
      </label>
      <span class="grow">
        <input
          class="in"
          id="word"
          maxLength={LONGEST}
          placeholder={t("Your word")}
          autocomplete="off"
          value={word.value}
          onInput={(event) => (word.value = event.currentTarget.value)}
        />
        {word.value.length > LONGEST - NEAR_END && <span class="hint">{t("{n} of {limit} characters", { n: word.value.length, limit: LONGEST })}</span>}
      </span>
      <button class="btn main" type="submit">
        {mine === undefined ? t("Put it on the board") : t("Change my word")}
      </button>
    </form>
  );
}
