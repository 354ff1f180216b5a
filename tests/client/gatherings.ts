// The store and the checks of a gathering as a filter, so that a test in another language can compare.
// Each line in is JSON, one of
//
//   {"state": GatheringStateCard, "head": N, "events": [{seq, name, at, by, data}, …]}
//   {"board": {"spaces": […], "slots": […], "topics": […]}}
//
// and each line out is the GatheringStateCard that the client reaches, the warnings, or {"error": "…"}.

import { createInterface } from "node:readline";
import { warningsOf, type Board, type Warning } from "../../static/src/openspace/checks";
import { gatheringCard, gatheringState, reduceAll } from "../../static/src/openspace/store";
import type { GatheringEvent, GatheringStateCard } from "../../static/src/openspace/types";

type Case =
  | { readonly state: GatheringStateCard; readonly head: number; readonly events: readonly GatheringEvent[] }
  | { readonly board: Board };

function answer(line: string): GatheringStateCard | Warning[] | { error: string } {
  try {
    const given = JSON.parse(line) as Case;
    if ("board" in given) return warningsOf(given.board);
    return gatheringCard(reduceAll(gatheringState(given.state, given.head), given.events));
  } catch (error) {
    return { error: String(error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== "") process.stdout.write(`${JSON.stringify(answer(line))}\n`);
}
