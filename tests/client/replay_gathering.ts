// The stores of a gathering and of a report as a filter, so that a test in another language can compare.
// Each line in is JSON,
//
//   {"kind": "gathering" | "topic", "state": GatheringStateCard | ReportCard, "head": N, "events": […]}
//
// and each line out is the card that the client reaches from there, or {"error": "…"}.

import { createInterface } from "node:readline";
import * as gathering from "../../static/src/openspace/store";
import * as report from "../../static/src/report/store";

function reached(line: string): unknown {
  try {
    const { kind, state, head, events } = JSON.parse(line);
    if (kind === "topic") return report.reportCard(report.reduceAll(report.reportState(state, head), events));
    return gathering.gatheringCard(gathering.reduceAll(gathering.gatheringState(state, head), events));
  } catch (error) {
    return { error: String(error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== "") process.stdout.write(`${JSON.stringify(reached(line))}\n`);
}
