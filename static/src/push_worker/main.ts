// The service worker: only shows what is pushed and opens what is pressed; pages are fetched without it.

import { opened, shown } from "../notices/push_worker";
import type { WorkerScope } from "../notices/push_worker";

interface Extended extends Event {
  waitUntil(done: Promise<unknown>): void;
  readonly data: { text(): string } | null;
  readonly notification: Notification;
}

const scope = globalThis as unknown as WorkerScope & EventTarget;

scope.addEventListener("push", (event) => {
  const { data } = event as Extended;
  (event as Extended).waitUntil(shown(scope, data?.text() ?? ""));
});
scope.addEventListener("notificationclick", (event) => {
  const { notification } = event as Extended;
  notification.close();
  (event as Extended).waitUntil(opened(scope, String(notification.data)));
});
