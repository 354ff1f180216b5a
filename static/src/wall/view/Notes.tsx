// What wants an answer, and what everybody is told: above the wall, not over it.

import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { formatTime, t } from "../../i18n";
import type { GatheringModel } from "../../openspace/model";
import { announced } from "../../openspace/news";
import type { RequestCard } from "../../openspace/types";
import { Icon, Unseen } from "../../room/view/marks";
import { useWall } from "../context";
import { go, placeName, titleOf } from "../doings";

export function Notes(): JSX.Element {
  const { gathering } = useWall();
  const { me } = gathering;
  const requests = gathering.requests.value;
  const unsent = gathering.unsent.value.filter(({ name }) => name !== "topic.propose");
  return (
    <div class="os-notes">
      <Broadcast />
      <Invited />
      <Closed />
      {requests
        .filter(({ waiting_for }) => waiting_for.includes(me))
        .map((request) => (
          <Asked key={request.id} request={request} />
        ))}
      {requests
        .filter(({ by, waiting_for }) => by === me && !waiting_for.includes(me))
        .map((request) => (
          <MyRequest key={request.id} request={request} />
        ))}
      {unsent.map(({ id, data, refusal }) => (
        <div key={id} class="note care">
          <Icon name="circle-alert" />
          <span>
            {t("Not sent.")} {refusal?.detail} <bdi>{wordsOf(data)}</bdi>
          </span>
          <button class="link-btn" type="button" onClick={() => gathering.commands.sendAgain(id)}>
            {t("Send again")}
          </button>
          <button class="link-btn" type="button" onClick={() => gathering.commands.discard(id)}>
            {t("Delete")}
          </button>
        </div>
      ))}
    </div>
  );
}

/** What the person wrote, of a command that carries words. */
function wordsOf(data: object): string {
  const { title, what, text } = data as Readonly<Record<string, string | undefined>>;
  return title ?? what ?? text ?? "";
}

/** It came while the person was writing in a dialog. */
function Invited(): JSX.Element {
  const page = useWall();
  const { gathering, ui } = page;
  const invitation = ui.invitation.value;
  const answer = (isComing: boolean) => {
    ui.invitation.value = null;
    if (isComing && invitation !== null) void go(page, invitation.space);
  };
  return (
    <div role="status">
      {invitation !== null && (
        <div class="note care">
          <Icon name="door-open" />
          <span>
            {t("{name} holds the door of {space} open for you.", {
              name: gathering.people.value[invitation.by]?.name ?? "…",
              space: gathering.space(invitation.space)?.name ?? "…",
            })}
          </span>
          <button class="btn small main" type="button" onClick={() => answer(true)}>
            {t("Go")}
          </button>
          <button class="btn small" type="button" onClick={() => answer(false)}>
            {t("Stay")}
          </button>
        </div>
      )}
    </div>
  );
}

/** The newest announcement, until it is old or the person puts it away. Its place is there before it, so that it is read out. */
function Broadcast(): JSX.Element {
  const { gathering, ui } = useWall();
  const newest = useComputed(() => announced(gathering.news.value, gathering.time.now.value)).value;
  const isShown = newest !== undefined && newest.id > ui.readNews.value && gathering.card.value.stage !== "closed";
  return (
    <div role="status">
      {isShown && (
        <div class="note">
          <Icon name="megaphone" />
          <span>
            <span lang={newest.language} dir="auto">
              {newest.text}
            </span>{" "}
            <small class="muted">{formatTime(newest.at)}</small>
          </span>
          <button class="icon-btn small" type="button" onClick={() => (ui.readNews.value = newest.id)}>
            <Icon name="x" />
            <Unseen>{t("Put this announcement away")}</Unseen>
          </button>
        </div>
      )}
    </div>
  );
}

function Closed(): JSX.Element | null {
  const { gathering } = useWall();
  const { id, stage } = gathering.card.value;
  if (stage !== "closed") return null;
  return (
    <p class="note done">
      <Icon name="book-open" />
      <span>{t("This Open Space is closed. Its book of proceedings holds the wall, the reports and the actions.")}</span>
      <a class="btn small" href={`/gatherings/${id}/proceedings/`}>
        {t("Open the book")}
      </a>
    </p>
  );
}

function Asked({ request }: { request: RequestCard }): JSX.Element {
  const { gathering } = useWall();
  const answer = (accept: boolean) => void gathering.commands.do("request.answer", { request: request.id, accept });
  return (
    <div class="note care">
      <Icon name="circle-question-mark" />
      <span>{askedText(gathering, request)}</span>
      <button class="btn small main" type="button" onClick={() => answer(true)}>
        {t("Agree")}
      </button>
      <button class="btn small" type="button" onClick={() => answer(false)}>
        {t("Rather not")}
      </button>
    </div>
  );
}

function MyRequest({ request }: { request: RequestCard }): JSX.Element {
  const { gathering } = useWall();
  const names = request.waiting_for.map((id) => gathering.people.value[id]?.name ?? "…").join(", ");
  return (
    <div class="note">
      <Icon name="hourglass" />
      <span>
        {wishText(gathering, request)} {t("Waiting for {names}.", { names })}
      </span>
      <button class="link-btn" type="button" onClick={() => void gathering.commands.do("request.take_back", { request: request.id })}>
        {t("Take back")}
      </button>
    </div>
  );
}

function askedText(gathering: GatheringModel, request: RequestCard): string {
  const name = gathering.people.value[request.by]?.name ?? "…";
  return t("{name} asks: {wish}", { name, wish: wishText(gathering, request) });
}

function wishText(gathering: GatheringModel, { kind, topic, other, slot, space }: RequestCard): string {
  const title = titleOf(gathering, topic);
  const second = other === null ? "…" : titleOf(gathering, other);
  switch (kind) {
    case "merge":
      return t("“{topic}” goes together with “{other}”.", { topic: title, other: second });
    case "swap":
      return t("“{topic}” and “{other}” change places.", { topic: title, other: second });
    case "continue": {
      const place = slot === null || space === null ? "…" : placeName(gathering, { slot, space });
      return t("“{topic}” goes on here: {place}.", { topic: title, place });
    }
  }
}
