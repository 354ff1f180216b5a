// What is open on the wall's page, and what was just said. Nothing here outlives a reload.

import { signal } from "@preact/signals";
import type { PlaceCard } from "../openspace/types";

export type Dialog =
  /** `place`: where it goes at once, when it was proposed for a free cell. */
  | { readonly kind: "propose"; readonly place: PlaceCard | null }
  | { readonly kind: "change"; readonly topic: number }
  | { readonly kind: "topic"; readonly topic: number }
  /** `fromSlot`: the slot it would leave; null while it waits, and for one round more. */
  | { readonly kind: "place"; readonly topic: number; readonly fromSlot: number | null }
  | { readonly kind: "continue"; readonly topic: number }
  | { readonly kind: "cell"; readonly place: PlaceCard }
  | Occupied
  | { readonly kind: "merge"; readonly topic: number }
  | { readonly kind: "swap"; readonly topic: number; readonly place: PlaceCard }
  | { readonly kind: "withdraw" | "leave" | "adopt"; readonly topic: number }
  | { readonly kind: "action"; readonly action: number | null }
  | { readonly kind: "full"; readonly space: number; readonly instead: readonly number[]; readonly detail: string }
  | Invitation;

/** A facilitator holds the door of a space open. */
export interface Invitation {
  readonly kind: "invitation";
  readonly by: number;
  readonly space: number;
}

/** Another topic stands where this one was to go. `isLate`: it came there after the person had looked. */
export interface Occupied {
  readonly kind: "occupied";
  readonly topic: number;
  readonly place: PlaceCard;
  readonly fromSlot: number | null;
  readonly others: readonly number[];
  readonly isLate: boolean;
}

/** The menu of one sheet; `place` is null while the topic waits. */
export interface Menu {
  readonly topic: number;
  readonly place: PlaceCard | null;
  readonly button: HTMLElement;
}

export class WallUi {
  readonly dialog = signal<Dialog | null>(null);
  readonly menu = signal<Menu | null>(null);
  /** An invitation that came while another dialog was open: a note, until it is answered. */
  readonly invitation = signal<Invitation | null>(null);
  /** A short word on what was done or what did not work. */
  readonly toast = signal<string | null>(null);
  /** What a screen reader is told. */
  readonly spoken = signal("");
  /** The announcement that the person has put away. */
  readonly readNews = signal(0);
  /** What is being dragged; no drawing depends on it. */
  dragged: { readonly topic: number; readonly fromSlot: number | null } | null = null;
  #toastTimer: ReturnType<typeof setTimeout> | undefined;

  open(dialog: Dialog): void {
    this.menu.value = null;
    this.dialog.value = dialog;
  }

  close(): void {
    this.dialog.value = null;
  }

  /** A late answer closes the dialog that asked, and no other. */
  closeOnly(dialog: Dialog | null): void {
    if (this.dialog.value === dialog) this.close();
  }

  /** Nothing is opened over what somebody is writing. */
  invite(invitation: Invitation): void {
    if (this.dialog.value === null) this.open(invitation);
    else this.invitation.value = invitation;
  }

  /** Shown, and read out by its live region. */
  say(text: string): void {
    clearTimeout(this.#toastTimer);
    this.toast.value = text;
    this.#toastTimer = setTimeout(() => (this.toast.value = null), 6_000);
  }

  /** Read out, and not shown: the page shows it already. */
  speak(text: string): void {
    this.spoken.value = text;
  }
}
