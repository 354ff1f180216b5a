// The store of a consultation as a filter, so that a test in another language can compare.
// Each line in is JSON, {"state": ConsultationCard, "head": N, "events": […]}; each line out is the card that
// the client reaches from there, or {"error": "…"}. One's own hidden entries come with the answers to commands,
// not with events: {"answers": [EntryAdded, …]} are taken in after the events.

import { createInterface } from "node:readline";
import { consultationCard, consultationState, reduceAll, withMine } from "../../static/src/consultation/store";

function reached(line: string): unknown {
  try {
    const { state, head, events, answers = [] } = JSON.parse(line);
    return consultationCard(answers.reduce(withMine, reduceAll(consultationState(state, head), events)));
  } catch (error) {
    return { error: String(error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== "") process.stdout.write(`${JSON.stringify(reached(line))}\n`);
}
