// The store of a challenge as a filter, so that a test in another language can compare.
// Each line in is JSON, {"state": ChallengeCard, "head": N, "events": […]}; each line out is the card that the
// client reaches from there, or {"error": "…"}.

import { createInterface } from "node:readline";
import { challengeCard, challengeState, reduceAll } from "../../static/src/challenge/store";

function reached(line: string): unknown {
  try {
    const { state, head, events } = JSON.parse(line);
    return challengeCard(reduceAll(challengeState(state, head), events));
  } catch (error) {
    return { error: String(error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== "") process.stdout.write(`${JSON.stringify(reached(line))}\n`);
}
