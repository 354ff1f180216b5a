"""Reads, through the person who looks: a plan that one may not see cannot be in hand."""

from challenges.plans.queries.due import Due, due_for
from challenges.plans.queries.plans import (
    evidence_for,
    plan_for,
    plan_for_each,
    plan_readers,
    plan_stream,
    plans_for,
)
from challenges.plans.queries.states import plan_state_of, snapshot_of

__all__ = [
    "Due",
    "due_for",
    "evidence_for",
    "plan_for",
    "plan_for_each",
    "plan_readers",
    "plan_state_of",
    "plan_stream",
    "plans_for",
    "snapshot_of",
]
