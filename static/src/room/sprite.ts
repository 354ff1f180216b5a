// The drawings of the icons. They are taken into the page, so that those which say "no connection" need none.

import { signal } from "@preact/signals";

/** What stands before "#i-name" in a <use>: the address of the sprite, until the page holds it itself. */
export const spriteAddress = signal(typeof document === "undefined" ? "" : (document.body.dataset["icons"] ?? ""));

export async function takeSpriteIn(): Promise<void> {
  const response = await fetch(spriteAddress.value);
  if (!response.ok) return;
  const sprite = new DOMParser().parseFromString(await response.text(), "image/svg+xml").documentElement;
  sprite.setAttribute("aria-hidden", "true");
  sprite.setAttribute("hidden", "");
  document.body.append(document.importNode(sprite, true));
  spriteAddress.value = "";
}
