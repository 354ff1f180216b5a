"""The plan of a page, read through the person who looks."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils import timezone

from challenges.plans.events import PlanCard
from challenges.plans.models import Plan
from challenges.plans.queries import plan_for, plan_stream
from challenges.plans.streams import PLAN
from challenges.plans.timeliness import today_in
from challenges.plans.views.sight import Sight
from synergy.live.streams import read_state
from synergy.people.models import Person
from synergy.people.views import person_of


def plan_or_404(request: HttpRequest, pk: int) -> Plan:
    plan = plan_for(person_of(request), pk)
    if plan is None:
        raise Http404
    return plan


def read_plan(person: Person, pk: int) -> tuple[int, Sight]:
    """The head of its stream, and what one sees there. Raises Http404."""
    head, card = read_state(PLAN, person, plan_stream(pk))
    return head, sight_of(card)


def sight_of(card: PlanCard) -> Sight:
    return Sight(card, today_in(card.time_zone, timezone.now()))
