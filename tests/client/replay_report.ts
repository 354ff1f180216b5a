// The store of a report as a filter, so that a test in another language can compare.
// Each line in is JSON, {"state": ReportCard, "head": N, "events": […]}; each line out is the state that the
// client reaches from there, or {"error": "…"}.

import { createInterface } from "node:readline";
import { reportState, reduceAll } from "../../static/src/reporting/store";

function reached(line: string): unknown {
  try {
    const { state, head, events } = JSON.parse(line);
    return reduceAll(reportState(state, head), events);
  } catch (error) {
    return { error: String(error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== "") process.stdout.write(`${JSON.stringify(reached(line))}\n`);
}
