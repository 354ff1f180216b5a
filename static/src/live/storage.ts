/** The browser's own storage. Reading `localStorage` itself throws where site data is blocked: null then. */
export function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
