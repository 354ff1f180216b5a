"""Decisions of stocktakes, as pages list them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from challenges.plans.models import Decision, Plan
from challenges.plans.reporting.queries import open_decisions
from challenges.plans.reporting.rules import is_near
from challenges.plans.rules import is_lead, is_school
from challenges.plans.views.sight import Sight
from challenges.plans.words import day_words
from rooms.events import PersonCard
from synergy.people.models import Person


@dataclass(frozen=True)
class DecisionRow:
    decision: Decision
    owner: PersonCard | None
    due: str
    is_late: bool
    may_tick: bool


def decision_rows(person: Person, sight: Sight, plan: Plan, rows: Sequence[Decision]) -> list[DecisionRow]:
    leads = is_lead(person, plan) or is_school(person, plan)
    return [
        DecisionRow(
            row,
            sight.person(row.owner_id),
            day_words(row.due) if row.due else "",
            row.done_at is None and row.due is not None and row.due < sight.today,
            leads or row.owner_id == person.pk,
        )
        for row in rows
    ]


def waiting_decisions(person: Person, sight: Sight, plan: Plan) -> list[DecisionRow]:
    """What is not ticked off yet, to who follows the plan's reporting. One query."""
    return decision_rows(person, sight, plan, open_decisions(plan.pk)) if is_near(person, plan) else []
