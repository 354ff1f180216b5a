// The checks of placements as a filter, so that a test in another language can compare. Each line in is JSON,
//
//   {"spaces": […], "slots": […], "topics": […]}
//
// and each line out is the list of warnings, or {"error": "…"}.

import { createInterface } from "node:readline";
import { warningsOf, type Board, type Warning } from "../../static/src/openspace/checks";

function answer(line: string): Warning[] | { error: string } {
  try {
    return warningsOf(JSON.parse(line) as Board);
  } catch (error) {
    return { error: String(error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() !== "") process.stdout.write(`${JSON.stringify(answer(line))}\n`);
}
