// A word to everybody, shown in every room and on the wall.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { formatTime, t } from "../../i18n";
import type { OutboxItem } from "../../live/outbox";
import type { NewsCard } from "../../openspace/types";
import { LANGUAGES, languageName } from "../../room/people";
import { Icon, Name, Unseen } from "../../room/view/marks";
import { usePage } from "./context";

const LONGEST = 500;
/** So many characters before the end it is said. */
const NEAR_END = 50;
const SHOWN = 3;

export function Say(): JSX.Element {
  const { gathering, ui } = usePage();
  const text = useSignal("");
  const language = useSignal(document.documentElement.lang || "en");
  const hint = useSignal("");
  const send = async (event: Event) => {
    event.preventDefault();
    const words = text.value.trim();
    if (words === "") {
      hint.value = t("Write what everybody should know.");
      return;
    }
    hint.value = "";
    text.value = "";
    const answer = await ui.do({ name: "news.post", data: { text: words, language: language.value } });
    if (answer?.isDone) ui.spoken.value = t("Everybody sees it.");
  };
  const unsent = gathering.unsent.value.filter(({ name }) => name === "news.post");
  return (
    <section class="sheet tight" aria-labelledby="say-title" data-place="say">
      <h2 class="h-sm" id="say-title">
        {t("Say it to everyone")}
      </h2>
      <form class="stack s" onSubmit={(event) => void send(event)}>
        <div class={hint.value === "" ? "field" : "field bad"}>
          <label class="vh" for="say-text">
            {t("Message to all rooms")}
          </label>
          <textarea
            class="in"
            id="say-text"
            rows={3}
            maxLength={LONGEST}
            lang={language.value}
            aria-describedby="say-hint"
            value={text.value}
            onInput={(event) => (text.value = event.currentTarget.value)}
          />
          {text.value.length > LONGEST - NEAR_END && (
            <p class="hint" role="status">
              {t("{n} of {limit} characters", { n: text.value.length, limit: LONGEST })}
              {text.value.length >= LONGEST && ` ${t("There is no room for more: what came after it is not in it.")}`}
            </p>
          )}
          <p class="err" id="say-hint">
            {hint.value}
          </p>
        </div>
        <div class="field-row">
          <div class="field">
            <label for="say-language">{t("Written in")}</label>
            <select class="in" id="say-language" value={language.value} onChange={(event) => (language.value = event.currentTarget.value)}>
              {LANGUAGES.map((code) => (
                <option key={code} value={code}>
                  {languageName(code)}
                </option>
              ))}
            </select>
          </div>
          <button class="btn main" type="submit">
            <Icon name="megaphone" />
            {t("Send")}
          </button>
        </div>
      </form>
      {unsent.map((item) => (
        <Unsent key={item.id} item={item} />
      ))}
      <Said />
    </section>
  );
}

function Unsent({ item }: { item: OutboxItem }): JSX.Element {
  const { commands } = usePage().gathering;
  return (
    <div class="note alarm">
      <Icon name="circle-alert" />
      <div>
        <p>{t("Not sent: {text}", { text: (item.data as { text: string }).text })}</p>
        <p class="row">
          <button class="link-btn" type="button" onClick={() => commands.sendAgain(item.id)}>
            {t("Send again")}
          </button>
          <button class="link-btn" type="button" onClick={() => commands.discard(item.id)}>
            {t("Delete")}
          </button>
        </p>
      </div>
    </div>
  );
}

function Said(): JSX.Element | null {
  const { gathering } = usePage();
  const corrected = useSignal<number | null>(null);
  const last = gathering.news.value.slice(-SHOWN).reverse();
  if (last.length === 0) return null;
  return (
    <ul class="rows" aria-label={t("Said before")}>
      {last.map((news) => (
        <li key={news.id}>
          {corrected.value === news.id ? (
            <Correction news={news} close={() => (corrected.value = null)} />
          ) : (
            <p class="desk-said" lang={news.language}>
              {news.text}
            </p>
          )}
          <p class="micro muted">
            {formatTime(news.at)} · <Name person={gathering.people.value[news.by]} />{" "}
            {corrected.value !== news.id && (
              <button class="link-btn" type="button" onClick={() => (corrected.value = news.id)}>
                {t("Correct it")}
                <Unseen>: {news.text}</Unseen>
              </button>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Other words in its place: everybody sees them instead. */
function Correction({ news, close }: { news: NewsCard; close: () => void }): JSX.Element {
  const { ui } = usePage();
  const text = useSignal(news.text);
  const save = async (event: Event) => {
    event.preventDefault();
    const words = text.value.trim();
    if (words === "") return;
    const answer = await ui.do({ name: "news.change", data: { news: news.id, text: words } });
    if (!answer?.isDone) return;
    ui.spoken.value = t("Everybody sees it.");
    close();
  };
  return (
    <form class="stack s" onSubmit={(event) => void save(event)}>
      <label class="vh" for={`news-${news.id}`}>
        {t("Message to all rooms")}
      </label>
      <textarea
        class="in"
        id={`news-${news.id}`}
        rows={3}
        maxLength={LONGEST}
        required
        autofocus
        lang={news.language}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
      <p class="row">
        <button class="btn small main" type="submit">
          {t("Save")}
        </button>
        <button class="btn small" type="button" onClick={close}>
          {t("Cancel")}
        </button>
      </p>
    </form>
  );
}
