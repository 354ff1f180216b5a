// What a person has begun to write, kept per room and thread over a reload.

const PREFIX = "synergy.draft.";

export interface Draft {
  readonly read: () => string;
  readonly write: (text: string) => void;
}

/** The key holds the person's id, so that nobody else on this computer is shown the text. */
export function draftAt(storage: Storage | null, me: number, room: number, root: number | null): Draft {
  const key = `${PREFIX}${me}.${room}${root === null ? "" : `.${root}`}`;
  return {
    read: () => quietly(() => storage?.getItem(key)) ?? "",
    write: (text) => void quietly(() => (text.trim() === "" ? storage?.removeItem(key) : storage?.setItem(key, text))),
  };
}

/** Storage may be full or forbidden; the text then lives as long as the page. */
function quietly<Result>(use: () => Result): Result | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
