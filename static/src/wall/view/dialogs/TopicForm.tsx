// Proposing a topic, and changing its words. One question is enough; the rest is behind "More".

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../../i18n";
import { isOffered } from "../../../openspace/board";
import type { PlaceCard, TopicCard, TopicWords } from "../../../openspace/types";
import { LANGUAGES, languageName } from "../../../room/people";
import { DialogFrame } from "../../../room/view/DialogFrame";
import { useWall } from "../../context";
import { placeName, placeTopic, sendWords } from "../../doings";
import { showTopic } from "../../showing";
import { Picker } from "./Picker";

/** `TITLE_LIMIT` and `WHY_LIMIT` of sessions/openspace/actions/topics.py. */
const LONGEST_TITLE = 200;
const LONGEST_WHY = 500;
/** Most talk here is in English; who proposes can say otherwise. */
const START_LANGUAGE = "en";

interface Props {
  topic: number | null;
  /** Where a new one is placed at once. */
  place: PlaceCard | null;
}

export function TopicForm({ topic: id, place }: Props): JSX.Element {
  const page = useWall();
  const { gathering, ui } = page;
  const topic = id === null ? undefined : gathering.topic(id).peek();
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const send = async (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const words = wordsIn(form, topic);
    error.value = words.title === "" ? t("Write the topic as one question or one line.") : null;
    if (error.value !== null) return form.querySelector("input")?.focus();
    if (isBusy.peek()) return;
    isBusy.value = true;
    const answer = await submit(words);
    isBusy.value = false;
    if (answer === null) return;
    if (!answer.isDone) {
      error.value = answer.refusal.fields?.["title"] ?? answer.refusal.detail;
      return;
    }
    if (id === null) {
      const made = (answer.data as { topic: number }).topic;
      if (place !== null) return placeTopic(page, made, place, null, [], null);
      showTopic(page, made, null);
    }
    ui.say(id === null ? t("Your topic is on the wall. Choose a time and a place for it from its menu.") : t("Changed."));
  };
  const submit = (words: TopicWords) =>
    id === null ? sendWords(page, "topic.propose", words) : sendWords(page, "topic.change", { topic: id, ...words });
  return (
    <DialogFrame title={id === null ? t("Propose a topic") : t("Change the words")} close={() => ui.close()}>
      <form class="stack" noValidate onSubmit={(event) => void send(event)}>
        {place !== null && <p class="small ink2">{t("It goes here: {place}.", { place: placeName(gathering, place) })}</p>}
        <TitleField title={topic?.title ?? ""} error={error.value} />
        <div class="field">
          <label for="topic-why">{t("Why it matters to you, in one line")}</label>
          <input class="in" id="topic-why" name="why" maxLength={LONGEST_WHY} value={topic?.why} autocomplete="off" dir="auto" />
        </div>
        <More topic={topic} />
        <div class="row">
          <button class="btn main" type="submit" aria-disabled={isBusy.value}>
            {id === null ? t("Put it on the wall") : t("Save")}
          </button>
          <button class="btn quiet" type="button" onClick={() => ui.close()}>
            {t("Cancel")}
          </button>
          {isBusy.value && gathering.isLost.value && <p class="small">{t("It is sent as soon as you are connected. You can close this.")}</p>}
        </div>
      </form>
    </DialogFrame>
  );
}

function TitleField({ title, error }: { title: string; error: string | null }): JSX.Element {
  return (
    <div class={error === null ? "field" : "field bad"}>
      <label for="topic-title">{t("Your topic: one question you care about")}</label>
      <input
        class="in"
        id="topic-title"
        name="title"
        maxLength={LONGEST_TITLE}
        required
        autofocus
        value={title}
        autocomplete="off"
        dir="auto"
        aria-invalid={error !== null}
        aria-describedby="topic-error topic-hint"
      />
      <p class="hint" id="topic-hint">
        {t("You convene it: you begin the talk and see that there is a report.")}
      </p>
      <p class="err" id="topic-error" role="alert">
        {error}
      </p>
    </div>
  );
}

/** Its fields are made when it is opened, and stay: see `wordsIn`. */
function More({ topic }: { topic: TopicCard | undefined }): JSX.Element {
  const wasOpened = useSignal(false);
  return (
    <details class="more" onToggle={(event) => (wasOpened.value ||= event.currentTarget.open)}>
      <summary>{t("More: language, co-conveners, wishes")}</summary>
      {wasOpened.value && <MoreFields topic={topic} />}
    </details>
  );
}

function MoreFields({ topic }: { topic: TopicCard | undefined }): JSX.Element {
  const { gathering } = useWall();
  const { me } = gathering;
  const people = Object.entries(gathering.people.value)
    .filter(([id, person]) => Number(id) !== me && Number(id) !== topic?.convener && !person.past && person.role !== "observer")
    .map(([id, person]) => ({ id: Number(id), text: person.name, lang: undefined }));
  const topics = gathering.topics.value
    .filter((each) => isOffered(each) && each.id !== topic?.id)
    .map((each) => ({ id: each.id, text: `${each.number} ${each.title}`, lang: each.language }));
  return (
    <div class="stack">
      <div class="field">
        <label for="topic-language">{t("Language of the talk")}</label>
        <select class="in" id="topic-language" name="language" value={topic?.language ?? START_LANGUAGE}>
          {LANGUAGES.map((language) => (
            <option key={language} value={language}>
              {languageName(language)}
            </option>
          ))}
        </select>
      </div>
      <Picker name="co_conveners" label={t("Who convenes it with you")} items={people} chosen={topic?.co_conveners ?? []} />
      <Picker name="not_with" label={t("Not at the same time as")} items={topics} chosen={topic?.not_with ?? []} />
      <div class="field">
        <label for="topic-capacity">{t("For how many people there should be room")}</label>
        <input
          class="in"
          id="topic-capacity"
          name="wished_capacity"
          type="number"
          min={1}
          max={2000}
          value={topic?.wished_capacity ?? ""}
        />
      </div>
    </div>
  );
}

/** What is behind "More" stays as it was when nobody looked there. */
function wordsIn(form: HTMLFormElement, topic: TopicCard | undefined): TopicWords {
  const fields = new FormData(form);
  const text = (name: string) => String(fields.get(name) ?? "").trim();
  const ids = (name: string) => fields.getAll(name).map(Number);
  const capacity = Number(text("wished_capacity"));
  const said = { title: text("title"), why: text("why") };
  if (!fields.has("language")) return { ...said, language: topic?.language ?? START_LANGUAGE, ...wishesOf(topic) };
  return {
    ...said,
    language: text("language"),
    co_conveners: ids("co_conveners"),
    not_with: ids("not_with"),
    wished_capacity: capacity >= 1 ? Math.min(2000, Math.round(capacity)) : null,
  };
}

function wishesOf(topic: TopicCard | undefined): Pick<TopicWords, "co_conveners" | "not_with" | "wished_capacity"> {
  if (topic === undefined) return {};
  const { co_conveners, not_with, wished_capacity } = topic;
  return { co_conveners, not_with, wished_capacity };
}
