// The gong, made by the browser itself: no file, no player. A person can mute it; the words are always shown.

import { type ReadonlySignal, signal } from "@preact/signals";

const KEY = "synergy.gong";
/** Hertz, and how loud; what makes it sound like metal and not like a telephone. */
const PARTIALS: readonly [number, number][] = [
  [196, 0.5],
  [293, 0.22],
  [440, 0.14],
  [587, 0.08],
];
const SECONDS = 3.5;
/** So late, in milliseconds, it is no gong any more: a browser may hold the sound back until somebody presses a key. */
const LATE = 2_000;

export class Gong {
  readonly #isMuted;
  readonly #storage: Pick<Storage, "getItem" | "setItem"> | null;
  #context: AudioContext | null = null;

  constructor(storage: Pick<Storage, "getItem" | "setItem"> | null) {
    this.#storage = storage;
    this.#isMuted = signal(storage?.getItem(KEY) === "muted");
  }

  get isMuted(): ReadonlySignal<boolean> {
    return this.#isMuted;
  }

  setMuted(isMuted: boolean): void {
    this.#isMuted.value = isMuted;
    try {
      this.#storage?.setItem(KEY, isMuted ? "muted" : "on");
    } catch {
      // It holds for this page then.
    }
    if (!isMuted) this.ring();
  }

  /** Silent where the browser wants a press first: the words on the page say the same. */
  ring(): void {
    if (this.#isMuted.value || typeof AudioContext === "undefined") return;
    if (navigator.userActivation?.hasBeenActive === false) return;
    this.#context ??= new AudioContext();
    const context = this.#context;
    const asked = Date.now();
    const sound = (): void => {
      if (Date.now() - asked < LATE) strike(context);
    };
    void context.resume().then(sound, () => {});
  }
}

function strike(context: AudioContext): void {
  const start = context.currentTime;
  for (const [frequency, loudness] of PARTIALS) {
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = frequency;
    gain.gain.setValueAtTime(0.0001, start);
    gain.gain.exponentialRampToValueAtTime(loudness * 0.4, start + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + SECONDS);
    tone.connect(gain).connect(context.destination);
    tone.start(start);
    tone.stop(start + SECONDS);
  }
}
