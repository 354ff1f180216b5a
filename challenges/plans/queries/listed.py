"""The plans that a person may see, one page at a time: what waits for them first, then their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import IntEnum
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from challenges.plans.models import (
    ChangeRequest,
    Item,
    Kind,
    Plan,
    PlanState,
    PlanStep,
    Progress,
    RequestState,
)
from challenges.plans.queries.near import ties_of
from challenges.plans.rules import WRITABLE
from synergy.cohorts.models import Seat
from synergy.people.models import Person


class Place(IntEnum):
    WAITING = 0
    OWN = 1
    ADVISED = 2
    OTHERS = 3


def placed(plans: QuerySet[Plan], person: Person, seats: Sequence[Seat]) -> QuerySet[Any]:
    """With `place`: what the plan is to the person."""
    ties = ties_of(person, seats)
    asked = ChangeRequest.objects.filter(item__plan=OuterRef("pk"), state=RequestState.OPEN)
    to_answer = Q(state=PlanState.PROPOSED) | Q(state=PlanState.APPROVED) & Exists(asked)
    to_write = Q(state__in=WRITABLE)
    place = Case(
        When(ties.school & to_answer | ties.led & to_write, then=Value(Place.WAITING)),
        When(ties.own, then=Value(Place.OWN)),
        When(ties.advised, then=Value(Place.ADVISED)),
        default=Value(Place.OTHERS),
        output_field=IntegerField(),
    )
    return plans.annotate(place=place)


def thrown_away() -> Q:
    """Drafts that were never proposed and are not wanted any more."""
    proposed = PlanStep.objects.filter(plan=OuterRef("pk"), to_state=PlanState.PROPOSED)
    return Q(state=PlanState.STOPPED) & Q(approved_at__isnull=True) & ~Q(Exists(proposed))


def counts_of(plans: QuerySet[Any], by: str) -> dict[int, int]:
    """{value: how many have it}."""
    return dict(plans.order_by().values_list(by).annotate(number=Count("pk")))


def most_urgent_first(plans: QuerySet[Any]) -> QuerySet[Any]:
    """Of plans with `place` and `queries.edition.with_standing`; what changed last comes first among equals."""
    return plans.order_by("place", F("overdue").desc(), "-changed_at", "-pk")


def asked_of(plans: Collection[int]) -> dict[int, list[str]]:
    """{plan: the fields of its changes that wait for an answer, the oldest first}."""
    rows = ChangeRequest.objects.filter(
        item__plan__in=plans, item__removed_at__isnull=True, state=RequestState.OPEN
    )
    found: dict[int, list[str]] = {}
    for plan, field in rows.order_by("at", "pk").values_list("item__plan", "field"):
        found.setdefault(plan, []).append(field)
    return found


def milestones_of(plans: Collection[int]) -> dict[int, tuple[int, int]]:
    """{plan: how many of its milestones are complete, and how many there are}."""
    rows = Item.objects.filter(plan__in=plans, kind=Kind.MILESTONE, removed_at__isnull=True).order_by()
    done = Count("pk", filter=Q(progress=Progress.COMPLETE))
    counted = rows.values("plan").annotate(done=done, every=Count("pk"))
    return {row["plan"]: (row["done"], row["every"]) for row in counted}
