"""What came out of a challenge here: its plans."""

from __future__ import annotations

from django.urls import reverse

from challenges.models import Challenge
from challenges.plans.models import PlanState
from challenges.plans.queries.plans import visible_plans
from challenges.threads import Thread
from synergy.cohorts.queries import seats_of
from synergy.people.models import Person

LOOKS = {
    PlanState.PROPOSED: "info",
    PlanState.RETURNED: "care",
    PlanState.APPROVED: "now",
    PlanState.DONE: "done",
}


def plan_threads(person: Person, challenge: Challenge) -> list[Thread]:
    """Those that the person may open. Two queries."""
    plans = visible_plans(person, list(seats_of(person))).filter(challenge=challenge).order_by("pk")
    return [
        Thread(
            kind="plan",
            name=str(plan),
            address=reverse("plans:plan", args=[plan.pk]),
            state_word=PlanState(plan.state).label,
            look=LOOKS.get(PlanState(plan.state), ""),
        )
        for plan in plans
    ]
