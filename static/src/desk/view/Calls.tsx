// Calls for help: the longest waiting first.

import type { JSX } from "preact";
import { formatTime, t, tn } from "../../i18n";
import type { CallCard } from "../../openspace/types";
import { Country, Name, Unseen } from "../../room/view/marks";
import { spaceOfCall } from "../look";
import { usePage } from "./context";

const MINUTE = 60_000;

export function Calls(): JSX.Element | null {
  const { gathering } = usePage();
  const calls = [...gathering.calls.value].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  if (calls.length === 0) return null;
  return (
    <section class="sheet tight desk-grid" aria-labelledby="calls-title" data-place="calls">
      <header>
        <h2 class="h-sm" id="calls-title" tabIndex={-1}>
          {t("Calls for help")}
        </h2>
      </header>
      <ul class="rows">
        {calls.map((call) => (
          <Call key={call.id} call={call} />
        ))}
      </ul>
    </section>
  );
}

function Call({ call }: { call: CallCard }): JSX.Element {
  const { gathering, talk } = usePage();
  const said = talk.desk.value.calls[call.id] ?? "";
  const person = gathering.people.value[call.by];
  const space = gathering.space(spaceOfCall(call, gathering.where.value));
  const minutes = Math.floor((gathering.time.now.value - Date.parse(call.at)) / MINUTE);
  const taker = gathering.people.value[call.taken_by ?? 0];
  return (
    <li>
      <div class={`stack s desk-call ${call.state === "taken" ? "is-taken" : ""}`}>
        <p>
          <b>
            <Name person={person} />
          </b>{" "}
          <Country code={person?.country} /> <span class="small muted">{space ? <a href={`/rooms/${space.room}/`}><bdi>{space.name}</bdi></a> : t("nowhere")}</span>
        </p>
        {said !== "" && <p class="desk-said" lang={person?.language}>{said}</p>}
        <p class="micro muted">
          {minutes < 1 ? t("just now") : tn("{n} minute ago", "{n} minutes ago", minutes)} · {formatTime(call.at)}
          {call.state === "taken" && (
            <>
              {" "}
              · {call.taken_by === gathering.me ? t("you are coming") : t("{name} is coming", { name: taker?.name ?? "…" })}
            </>
          )}
        </p>
        <CallButtons call={call} />
      </div>
    </li>
  );
}

export function CallButtons({ call }: { call: CallCard }): JSX.Element {
  const { gathering, ui } = usePage();
  const name = gathering.people.value[call.by]?.name ?? "…";
  const space = gathering.space(spaceOfCall(call, gathering.where.value));
  return (
    <div class="row tight">
      {call.state === "open" && (
        <button class="btn small main" type="button" onClick={() => void ui.do({ name: "call.take", data: { call: call.id } })}>
          {t("I’m coming")}
          <Unseen>, {name}</Unseen>
        </button>
      )}
      {call.state === "taken" && space !== undefined && (
        <a class="btn small" href={`/rooms/${space.room}/`}>
          {t("Go there")}
          <Unseen>, {space.name}</Unseen>
        </a>
      )}
      {call.state === "taken" && (
        <button class="btn small" type="button" onClick={() => void ui.do({ name: "call.close", data: { call: call.id } })}>
          {t("Done")}
          <Unseen>, {name}</Unseen>
        </button>
      )}
    </div>
  );
}
