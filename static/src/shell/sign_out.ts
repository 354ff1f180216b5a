// Who signs out leaves nothing of theirs on the computer: no draft, no unsent message. They go only once the
// next page shows that the person is out, since signing out may fail where the network is away.

const LEAVING = "synergy.leaving";
/** How this computer reaches the server and what it shows; all else that is kept is somebody's. */
const OF_THE_COMPUTER = /^synergy\.(?:way|gong|desk\.keys|leaving)$/;

interface Keeper {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export function watchSignOut(root: Document): void {
  try {
    const forms = root.querySelectorAll('form[action$="/logout/"]');
    for (const form of forms) form.addEventListener("submit", () => noteLeaving(sessionStorage));
    arrive(sessionStorage, localStorage, forms.length > 0);
  } catch {
    // Where the browser keeps nothing there is nothing to forget.
  }
}

export function noteLeaving(tab: Keeper): void {
  tab.setItem(LEAVING, "1");
}

/** A page has come: forgets the person when they were leaving and are out now. */
export function arrive(tab: Keeper, computer: Keeper, isSignedIn: boolean): void {
  const wasLeaving = tab.getItem(LEAVING) !== null;
  tab.removeItem(LEAVING);
  if (!wasLeaving || isSignedIn) return;
  const keys = Array.from({ length: computer.length }, (_, index) => computer.key(index) ?? "");
  for (const key of keys) if (key.startsWith("synergy.") && !OF_THE_COMPUTER.test(key)) computer.removeItem(key);
}
