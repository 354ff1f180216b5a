// Parts of the desk by themselves, so that a message in one room draws one card anew and not all of them.

import { type ReadonlySignal, computed } from "@preact/signals";
import type { GatheringModel } from "../openspace/model";
import { kept } from "../openspace/steady";
import type { CallCard, PersonCard } from "../openspace/types";
import { spaceOfCall, takingPart } from "./look";
import { type DeskCard, type RoomTalk, talkIn } from "./pace";
import type { Talk } from "./talk";

const MINUTE = 60_000;

export class DeskSignals {
  /** The start of the present minute, in milliseconds: what counts minutes need not look every second. */
  readonly minute: ReadonlySignal<number>;
  /** Who takes part, by name. */
  readonly everybody: ReadonlySignal<readonly PersonCard[]>;
  readonly here: ReadonlySignal<ReadonlySet<number>>;
  readonly been: ReadonlySignal<DeskCard["been"]>;
  readonly #gathering: GatheringModel;
  readonly #talk: Talk;
  readonly #talks = new Map<number, ReadonlySignal<RoomTalk>>();
  readonly #calls = new Map<number, ReadonlySignal<CallCard | undefined>>();

  constructor(gathering: GatheringModel, talk: Talk) {
    this.#gathering = gathering;
    this.#talk = talk;
    this.minute = computed(() => Math.floor(gathering.time.now.value / MINUTE) * MINUTE);
    this.everybody = computed(() => takingPart({ people: gathering.people.value }));
    this.here = computed(() => new Set(gathering.here.value));
    this.been = computed(() => talk.desk.value.been);
  }

  talk(room: number): ReadonlySignal<RoomTalk> {
    return kept(this.#talks, room, () => computed(() => talkIn(this.#talk.desk.value, room)));
  }

  /** The call that waits longest of those whose callers are in a space. */
  call(space: number): ReadonlySignal<CallCard | undefined> {
    const { calls, where } = this.#gathering;
    return kept(this.#calls, space, () => computed(() => calls.value.find((call) => spaceOfCall(call, where.value) === space)));
  }
}
