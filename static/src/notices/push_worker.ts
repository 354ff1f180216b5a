// What the service worker does with a push and with a press. `WorkerScope` is what it needs of the browser.

export interface Page {
  readonly url: string;
  readonly visibilityState: string;
  focus(): Promise<unknown>;
}

export interface WorkerScope {
  readonly location: { readonly origin: string };
  readonly registration: { showNotification(title: string, options: NotificationOptions): Promise<void> };
  readonly clients: {
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<readonly Page[]>;
    openWindow(address: string): Promise<unknown>;
  };
  fetch(address: string, options: RequestInit): Promise<unknown>;
}

interface Said {
  readonly title: string;
  readonly body: string;
  readonly address: string;
  readonly tag: string;
  readonly language: string;
}

/** Shows it, unless a page of this site is before the person's eyes: there the bell tells. */
export async function shown(scope: WorkerScope, text: string): Promise<void> {
  const said = JSON.parse(text) as Said;
  if ((await pagesOf(scope)).some((page) => page.visibilityState === "visible")) return;
  const { title, body, tag } = said;
  await scope.registration.showNotification(title, { body, tag, lang: said.language, data: ownAddress(scope, said.address) });
}

/** Goes to the page that is open at this address already, or opens one. Either marks the notice as read. */
export async function opened(scope: WorkerScope, data: string): Promise<void> {
  const address = ownAddress(scope, data);
  const page = (await pagesOf(scope)).find((each) => plain(each.url) === plain(address));
  if (page === undefined) {
    await scope.clients.openWindow(address);
    return;
  }
  await page.focus();
  // Asked for with the number of the notice, so that the server notes it; the open page keeps what is typed in it.
  await scope.fetch(address, { credentials: "same-origin" });
}

/** On this site alone: whatever else was said leads to its first page. */
export function ownAddress(scope: WorkerScope, said: string): string {
  const { origin } = scope.location;
  try {
    const address = new URL(said, origin);
    return address.origin === origin ? address.href : `${origin}/`;
  } catch {
    return `${origin}/`;
  }
}

function pagesOf(scope: WorkerScope): Promise<readonly Page[]> {
  return scope.clients.matchAll({ type: "window", includeUncontrolled: true });
}

function plain(address: string): string {
  const url = new URL(address);
  url.searchParams.delete("notice");
  url.hash = "";
  return url.href;
}
