// The store as a filter, so that a test in another language can compare. Each line in is JSON,
//
//   {"state": RoomStateCard, "head": N, "events": [{seq, name, at, by, data}, …]}
//
// and each line out is the RoomStateCard that the client reaches from there, or {"error": "…"}.

import { createInterface } from "node:readline";
import { reduceAll, roomCard, roomState } from "../../static/src/room/store";
import type { RoomEvent, RoomStateCard } from "../../static/src/room/types";

interface Case {
  readonly state: RoomStateCard;
  readonly head: number;
  readonly events: readonly RoomEvent[];
}

function reached(line: string): RoomStateCard | { error: string } {
  try {
    const { state, head, events } = JSON.parse(line) as Case;
    return roomCard(reduceAll(roomState(state, head), events));
  } catch (error) {
    return { error: String(error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== "") process.stdout.write(`${JSON.stringify(reached(line))}\n`);
}
