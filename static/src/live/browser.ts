// The surroundings of the live layer in a browser; the only file here that touches them.

import type { Hint, Ports, SocketLike, Timer } from "./ports";
import { browserStorage } from "./storage";

export function browserPorts(): Ports {
  return {
    clock: {
      now: () => Date.now(),
      after: (milliseconds, run) => setTimeout(run, milliseconds),
      cancel: (timer: Timer) => clearTimeout(timer as number),
    },
    openSocket: (url, subprotocol) => new WebSocket(socketAddress(url), subprotocol) as SocketLike,
    fetch: (url, init) => fetch(url, init),
    random: Math.random,
    uuid,
    storage: browserStorage(),
    onStorage,
    onHint,
    onStart: (live) => document.dispatchEvent(new CustomEvent("synergy:live", { detail: live })),
  };
}

/** Older browsers want the whole address. */
function socketAddress(path: string): string {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

/** `crypto.randomUUID` is missing on plain http in a local network. */
function uuid(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function onStorage(changed: (key: string, value: string | null) => void): () => void {
  const heard = (event: StorageEvent) => {
    if (event.key !== null) changed(event.key, event.newValue);
  };
  window.addEventListener("storage", heard);
  return () => window.removeEventListener("storage", heard);
}

function onHint(heard: (hint: Hint) => void): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  window.addEventListener("online", () => heard("online"), { signal });
  window.addEventListener("offline", () => heard("offline"), { signal });
  window.addEventListener("pagehide", () => heard("hidden"), { signal });
  window.addEventListener("pageshow", (event) => event.persisted && heard("visible"), { signal });
  document.addEventListener("visibilitychange", () => heard(document.hidden ? "hidden" : "visible"), { signal });
  if (document.hidden) heard("hidden");
  return () => ends.abort();
}
