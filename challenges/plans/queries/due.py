from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import IntEnum
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from challenges.plans.models import Item, Kind, Plan, PlanState, Progress, Reading
from challenges.plans.timeliness import SOON, Timeliness, days_left, timeliness_of, today_in
from synergy.cohorts.models import Role, Seat
from synergy.people.models import Person

DATED = (Kind.OBJECTIVE, Kind.MILESTONE, Kind.DELIVERABLE, Kind.ACTION, Kind.INDICATOR)
Member = tuple[int, int, int]
"""A participant: ids of cohort, institution and person."""


@dataclass(frozen=True)
class Due:
    """Something of an approved plan that is not complete. `days` is negative when it is late."""

    item: Item
    timeliness: Timeliness
    days: int


def due_for(person: Person, now: datetime) -> list[Due]:
    """What the person answers for, with its plan and institution; the most urgent first. Two queries.

    That is what they own; of plans that they own also what has no owner, or one who has left.
    """
    found = [due_of(item, now) for item in due_items(person, now)]
    return sorted(found, key=lambda due: (due.days, due.item.pk))


class Urgency(IntEnum):
    OVERDUE = 0
    SOON = 1
    LATER = 2


def due_items(person: Person, now: datetime) -> QuerySet[Any]:
    """The items of `due_for`, with `urgency`, in order, for one page of them. One query here."""
    rows = open_items().filter(
        Q(owner=person) | Q(plan__owner=person) & ~_has_owner_in_team(), _is_in_team(person)
    )
    zones = rows.order_by().values_list("plan__time_zone", flat=True).distinct()
    steps = []
    for zone in zones:
        here, today = Q(plan__time_zone=zone), today_in(zone, now)
        soon = today + timedelta(days=SOON)
        steps.append(When(here & Q(due_until__lt=today), then=Value(Urgency.OVERDUE)))
        steps.append(When(here & Q(due_until__lte=soon), then=Value(Urgency.SOON)))
    urgency = Case(*steps, default=Value(Urgency.LATER), output_field=IntegerField())
    return rows.annotate(urgency=urgency).order_by("urgency", "due_until", "pk")


def _is_in_team(person: Person) -> Exists:
    return Exists(_team().filter(person=person))


def _has_owner_in_team() -> Exists:
    return Exists(_team().filter(person=OuterRef("owner")))


def _team() -> QuerySet[Seat]:
    """Of the item's plan: see `members_of`."""
    here = {"cohort": OuterRef("plan__cohort"), "institution": OuterRef("plan__institution")}
    return _members().filter(**here)


def open_items() -> QuerySet[Item]:
    """What is dated, not complete and not removed, in approved plans; with plan, institution and owner."""
    rows = Item.objects.filter(
        kind__in=DATED, due_until__isnull=False, removed_at__isnull=True, plan__state=PlanState.APPROVED
    )
    return rows.exclude(progress=Progress.COMPLETE).select_related("plan__institution", "owner")


def due_of(item: Item, now: datetime) -> Due:
    """Of an item with a date."""
    assert item.due_until is not None
    today = today_in(item.plan.time_zone, now)
    timeliness = timeliness_of(item.progress, item.due_until, today)
    return Due(item, timeliness, days_left(item.due_until, today))


def last_readings(items: Sequence[int]) -> dict[int, tuple[date, Decimal]]:
    """{id of an indicator: day and value}. One query, none for none."""
    if not items:
        return {}
    rows = Reading.objects.filter(item__in=items).order_by("on", "pk")
    return {item: (on, value) for item, on, value in rows.values_list("item", "on", "value")}


def members_of(plans: Sequence[Plan]) -> set[Member]:
    """Who may be accountable in these plans now. One query."""
    if not plans:
        return set()
    rows = _members().filter(
        cohort__in={plan.cohort_id for plan in plans},
        institution__in={plan.institution_id for plan in plans},
    )
    return set(rows.values_list("cohort_id", "institution_id", "person_id"))


def _members() -> QuerySet[Seat]:
    return Seat.objects.filter(role=Role.PARTICIPANT, ended_at__isnull=True, person__is_active=True)


def answers_for(item: Item, team: set[Member]) -> int | None:
    """The person whom it is reminded to: its owner, else the plan's; None when both have left."""
    plan = item.plan
    for owner in (item.owner_id, plan.owner_id):
        if owner is not None and (plan.cohort_id, plan.institution_id, owner) in team:
            return owner
    return None
