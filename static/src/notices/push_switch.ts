// Switching on that notices are pushed to this browser. The browser asks the person only after a press.

export type PushState = "unsupported" | "blocked" | "off" | "on";

export interface Seen {
  readonly isSupported: boolean;
  readonly permission: NotificationPermission;
  /** The server pushes to this sign-in. */
  readonly isKept: boolean;
  /** The browser is subscribed with the key that the server has now. */
  readonly isSubscribed: boolean;
}

export function stateOf(seen: Seen): PushState {
  if (!seen.isSupported) return "unsupported";
  if (seen.permission === "denied") return "blocked";
  return seen.permission === "granted" && seen.isKept && seen.isSubscribed ? "on" : "off";
}

export async function watchPush(part: HTMLElement): Promise<void> {
  const isSupported =
    window.isSecureContext && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!isSupported) return;
  await look(part);
  part.querySelector("[data-push-switch]")?.addEventListener("click", (event) => {
    const button = event.currentTarget as HTMLButtonElement;
    button.disabled = true;
    switchOn(part).catch(async () => {
      button.disabled = false;
      await look(part);
      if (Notification.permission !== "denied") show(part, "failed", true);
    });
  });
}

async function look(part: HTMLElement): Promise<void> {
  const subscription = await (await navigator.serviceWorker.getRegistration("/"))?.pushManager.getSubscription();
  const state = stateOf({
    isSupported: true,
    permission: Notification.permission,
    isKept: "pushOn" in part.dataset,
    isSubscribed: subscription != null && isOfKey(subscription, part.dataset["push"] ?? ""),
  });
  for (const each of ["unsupported", "blocked", "off", "on", "failed"]) show(part, each, each === state);
}

async function switchOn(part: HTMLElement): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted") {
    await look(part);
    part.querySelector<HTMLButtonElement>("[data-push-switch]")?.removeAttribute("disabled");
    return;
  }
  const key = part.dataset["push"] ?? "";
  await navigator.serviceWorker.register(part.dataset["pushWorker"] ?? "", { scope: "/" });
  const { pushManager } = await navigator.serviceWorker.ready;
  // One that another person, or another key of the site, left behind would be theirs.
  await (await pushManager.getSubscription())?.unsubscribe();
  send(await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
}

function send(subscription: PushSubscription): void {
  const form = document.querySelector<HTMLFormElement>("#push-on");
  const { endpoint, keys } = subscription.toJSON();
  const said: Record<string, string | undefined> = { endpoint, p256dh: keys?.["p256dh"], auth: keys?.["auth"] };
  for (const [name, value] of Object.entries(said)) {
    const field = form?.querySelector<HTMLInputElement>(`[name=${name}]`);
    if (field) field.value = value ?? "";
  }
  form?.submit();
}

function isOfKey(subscription: PushSubscription, key: string): boolean {
  const own = subscription.options.applicationServerKey;
  return own !== null && toBase64url(new Uint8Array(own)) === key;
}

export function toBase64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function show(part: HTMLElement, state: string, isShown: boolean): void {
  const element = part.querySelector<HTMLElement>(`[data-push-state=${state}]`);
  if (element !== null) element.hidden = !isShown;
}
