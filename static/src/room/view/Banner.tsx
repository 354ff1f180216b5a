// What is wrong with the connection or the room, above the text and not over it.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t, tn } from "../../i18n";
import type { ConnectionStatus } from "../../live/types";
import type { StreamPhase } from "../../live/stream";
import { Icon } from "./marks";

/** Milliseconds a connection may take before the page speaks of it. */
const PATIENCE = 1_500;

interface Props {
  connection: ConnectionStatus;
  phase: StreamPhase;
  retry: () => void;
  /** What is not lost, while there is no connection. */
  comfort?: string;
}

export function Banner(props: Props): JSX.Element {
  const { connection, phase } = props;
  const lost = useRef<ConnectionStatus | null>(null);
  if (connection.phase === "waiting") lost.current = connection;
  else if (connection.phase !== "connecting") lost.current = null;
  const isLate = useLate(connection.phase === "connecting" || phase === "catching_up");
  return <div role="status">{bannerFor(props, isLate, lost.current)}</div>;
}

function bannerFor(props: Props, isLate: boolean, lost: ConnectionStatus | null): JSX.Element | null {
  const { connection, phase } = props;
  const end = endOf(phase);
  if (end !== null) return <End text={end} isRefused={phase === "revoked" || phase === "forbidden"} />;
  if (connection.trouble === "signed_out") return <SignedOut />;
  // One banner until the connection is back, whatever is tried in between.
  if (lost !== null) return <Lost {...props} connection={lost} isTrying={connection.phase === "connecting"} />;
  if (connection.phase === "connecting" && isLate) return <Note icon="wifi-off" text={t("Connecting…")} />;
  if (connection.phase === "live" && phase === "catching_up" && isLate) {
    return <Note icon="refresh-cw" text={t("Catching up: what you missed is on its way.")} />;
  }
  return null;
}

function endOf(phase: StreamPhase): string | null {
  switch (phase) {
    case "revoked":
    case "forbidden":
      return t("You have no seat here any more, or no access to this room.");
    case "ended":
    case "not_found":
      return t("This room is closed.");
    case "moved":
      return t("This room has moved. Load the page again.");
    default:
      return null;
  }
}

/** Takes the focus when it has nowhere to be: what held it went with the room. */
function End({ text, isRefused }: { text: string; isRefused: boolean }): JSX.Element {
  const note = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) note.current?.focus();
  }, []);
  return (
    <p class="note care conn" tabIndex={-1} ref={note}>
      <Icon name="lock" />
      <span>{text}</span>
      {isRefused && (
        <a class="link-btn" href="/">
          {t("Go to the start page")}
        </a>
      )}
    </p>
  );
}

function Note({ icon, text }: { icon: string; text: string }): JSX.Element {
  return (
    <p class="note care conn">
      <Icon name={icon} />
      <span>{text}</span>
    </p>
  );
}

function SignedOut(): JSX.Element {
  return (
    <p class="note care conn">
      <Icon name="log-in" />
      <span>
        <b>{t("You are signed out.")}</b> {t("What you wrote is kept in this browser.")}
      </span>
      <a class="link-btn" href={`/accounts/login/?next=${encodeURIComponent(location.pathname)}`}>
        {t("Sign in")}
      </a>
    </p>
  );
}

function Lost({ connection, retry, comfort, isTrying }: Props & { isTrying: boolean }): JSX.Element {
  const seconds = useSecondsUntil(connection.retryAt);
  return (
    <div class="note care conn">
      <Icon name="wifi-off" />
      <span>
        <b>{reasonOf(connection)}</b>{" "}
        {/* The figure changes every second: it is for the eye only. */}
        <b aria-hidden="true">
          {isTrying ? t("Connecting…") : tn("Trying again in {n} second.", "Trying again in {n} seconds.", seconds)}
        </b>{" "}
        {comfort}
      </span>
      <button class="link-btn" type="button" onClick={retry}>
        {t("Try now")}
      </button>
    </div>
  );
}

function reasonOf({ trouble }: ConnectionStatus): string {
  switch (trouble) {
    case "restarting":
      return t("The server is starting again.");
    case "too_many_tabs":
      return t("Synergy is open in too many tabs. Close one.");
    case "flooding":
      return t("Too much was sent at once.");
    default:
      return t("Connection lost.");
  }
}

function useSecondsUntil(at: number | null): number {
  const now = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => (now.value = Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil(((at ?? 0) - now.value) / 1000));
}

/** True once `isOn` has been so for a while. */
function useLate(isOn: boolean): boolean {
  const isLate = useSignal(false);
  useEffect(() => {
    isLate.value = false;
    if (!isOn) return;
    const timer = setTimeout(() => (isLate.value = true), PATIENCE);
    return () => clearTimeout(timer);
  }, [isOn]);
  return isLate.value;
}
