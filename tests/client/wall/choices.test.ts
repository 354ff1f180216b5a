import assert from "node:assert/strict";
import { test } from "node:test";
import { choicesFor } from "../../../static/src/wall/choices";
import type { TopicCard } from "../../../static/src/openspace/types";
import { ME, person, topic } from "../support/gatherings";
import { wallPage } from "../support/walls";

const PEOPLE = { [ME]: person(ME), 15: person(15), 16: person(16, { past: true }) };

function offered(changes: Partial<TopicCard>): string[] {
  const card = topic(5, [], changes);
  const { page } = wallPage({ topics: [card], people: PEOPLE });
  return choicesFor(page, card, null).map(({ text }) => text);
}

test("a convener leaves a topic to somebody else, a co-convener stops convening", () => {
  assert.ok(offered({ convener: ME }).includes("Leave it to somebody else…"));
  assert.ok(offered({ convener: 15, co_conveners: [ME] }).includes("Stop convening it…"));
  assert.ok(!offered({ convener: 15 }).includes("Stop convening it…"));
});

test("a topic is taken over when nobody convenes it, or who did has left the cohort", () => {
  assert.ok(offered({ convener: null }).includes("Take it over…"));
  assert.ok(offered({ convener: 16 }).includes("Take it over…"));
  assert.ok(!offered({ convener: 15 }).includes("Take it over…"));
});
