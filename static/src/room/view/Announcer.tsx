// What a screen reader is told: messages of others that come while the page is open. Not the history,
// not one's own. The visible log is no live region, because scrolling up adds to it.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t, tn } from "../../i18n";
import type { RoomEvent } from "../types";
import { usePage } from "./context";

/** More at once are counted, not read. */
const MOST_READ = 3;
const KEPT = 6;

interface Line {
  readonly key: string;
  readonly text: string;
  readonly lang: string | undefined;
}

export function Announcer(): JSX.Element {
  const { room, ui } = usePage();
  const lines = useSignal<readonly Line[]>([]);
  useEffect(() => {
    const hear = (events: readonly RoomEvent[]) => {
      const nameOf = (id: number) => room.people.value[id]?.name ?? "…";
      const told = [...linesOf(events, room.me, nameOf), ...happenings(events, room.me, nameOf)];
      const gone = takenBack(events);
      const kept = lines.value.filter(({ key }) => !gone.has(key));
      if (told.length > 0 || kept.length < lines.value.length) lines.value = [...kept, ...told].slice(-KEPT);
    };
    room.onEvents.add(hear);
    return () => void room.onEvents.delete(hear);
  }, []);
  return (
    <>
      <div class="vh" role="log" aria-live="polite" aria-label={t("New messages")}>
        {lines.value.map(({ key, text, lang }) => (
          <p key={key} lang={lang}>
            {text}
          </p>
        ))}
      </div>
      <div class="vh" role="status">
        {ui.spoken.value}
      </div>
    </>
  );
}

/** The lines whose words no longer hold: whoever goes back to them does not find what was removed. */
function takenBack(events: readonly RoomEvent[]): Set<string> {
  return new Set(
    events.flatMap((event) => (event.name === "message.removed" || event.name === "message.edited" ? [`m${event.data.message}`] : [])),
  );
}

export function linesOf(events: readonly RoomEvent[], me: number, nameOf: (id: number) => string): Line[] {
  const posts = events.flatMap((event) => (event.name === "message.posted" && event.by !== me ? [event] : []));
  const last = posts.at(-1);
  if (last === undefined) return [];
  if (posts.length > MOST_READ) {
    return [{ key: `n${last.seq}`, text: tn("{n} new message", "{n} new messages", posts.length), lang: undefined }];
  }
  return posts.map(({ seq, by, data }) => {
    const words = data.text || data.files.map((file) => file.name).join(", ");
    return { key: `m${seq}`, text: `${nameOf(by ?? 0)}: ${words}`, lang: data.lang };
  });
}

/** Hands and polls of others. */
function happenings(events: readonly RoomEvent[], me: number, nameOf: (id: number) => string): Line[] {
  const line = (seq: number, text: string) => [{ key: `e${seq}`, text, lang: undefined }];
  return events.flatMap((event) => {
    if (event.by === me) return [];
    switch (event.name) {
      case "hand.raised":
        return line(event.seq, t("{name} has raised a hand", { name: nameOf(event.data.person) }));
      case "poll.opened":
        return line(event.seq, t("{name} asks everybody: {question}", { name: nameOf(event.by ?? 0), question: event.data.question }));
      case "poll.closed":
        return line(event.seq, t("The poll is closed."));
      default:
        return [];
    }
  });
}
