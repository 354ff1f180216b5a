"""The stream kind `plan`: what it holds and who may follow it."""

from __future__ import annotations

from challenges.plans import events
from challenges.plans.commands import PLAN_COMMANDS
from challenges.plans.queries import plan_for, plan_for_each, plan_readers, plan_state_of
from synergy.live.kinds import StreamKind

PLAN = StreamKind(
    name="plan",
    find=plan_for,
    find_each=plan_for_each,
    state=plan_state_of,
    readers=plan_readers,
    events=(
        events.PlanChanged,
        events.PlanMoved,
        events.ItemsAdded,
        events.ItemChanged,
        events.ItemsPlaced,
        events.ItemsRemoved,
        events.ItemsErased,
        events.ItemReported,
        events.ItemOpened,
        events.ReadingSet,
        events.ReadingRemoved,
        events.RequestSet,
        events.EvidenceSet,
        events.EvidenceRemoved,
    ),
    commands=PLAN_COMMANDS,
    signals=frozenset({"typing"}),
)
