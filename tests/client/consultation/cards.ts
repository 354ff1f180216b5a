// A consultation of three for tests: 1 gives the case, 2 and 3 advise, 9 facilitates the cohort.

import type { ConsultationCard, Doors, EntryCard, PhaseCard, RunCard } from "../../../static/src/consultation/types";

export const AT = "2026-02-10T11:00:00Z";
export const NOTHING: Doors = { lead: [], case_giver: [], peer: [], institution: [] };

export function phase(key: string, fields: Partial<PhaseCard> = {}): PhaseCard {
  return { key, name: key, about: "", minutes: 10, days: 0, speaks: "everybody", writes: "nothing", silent_first: false, listening: "", ...fields };
}

export function run(fields: Partial<RunCard> = {}): RunCard {
  return {
    state: "running",
    phase: 0,
    phase_started_at: AT,
    phase_ends_at: "2026-02-10T11:10:00Z",
    paused_left: null,
    is_silent: false,
    writes: "nothing",
    closed: [],
    open: NOTHING,
    started_at: AT,
    finished_at: null,
    ...fields,
  };
}

export function entry(id: number, fields: Partial<EntryCard> = {}): EntryCard {
  return { id, phase: 1, kind: "suggestions", text: "Ask", language: "en", by: 2, at: AT, revision: 0, verdict: "", note: "", ...fields };
}

export function card(fields: Partial<ConsultationCard> = {}): ConsultationCard {
  return {
    id: 5,
    challenge: 4,
    challenge_title: "Letters",
    key_question: "Who answers?",
    challenge_language: "en",
    institution: 7,
    institution_name: "Office",
    country: "PL",
    group: 3,
    group_number: 1,
    room: 8,
    protocol: {
      key: "troika",
      name: "Troika",
      about: "",
      is_asynchronous: false,
      ends_by_clock: false,
      fewest: 3,
      most: 3,
      phases: [
        phase("case", { speaks: "case_giver" }),
        phase("advice", { speaks: "peers", writes: "suggestions", listening: "Listen." }),
        phase("more", { speaks: "peers", minutes: 5, listening: "Listen." }),
        phase("answer", { speaks: "case_giver" }),
      ],
    },
    run: run(),
    parts: [{ id: 1, part: "case_giver" }],
    members: [1, 2, 3],
    entries: [],
    mine: [],
    hidden: [],
    commitments: [],
    recommendations: [],
    planned_by: 9,
    planned_at: AT,
    note: { text: "", revision: 0 },
    leads: false,
    answers: false,
    can_give_case: [1],
    can_facilitate: [9],
    people: {},
    me: 2,
    ...fields,
  };
}
