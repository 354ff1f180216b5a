"""Each morning, who answers for something is reminded: two weeks before, three days before, and when it is late."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from challenges.plans.notices import DUE_NOW, DUE_SOON, OVERDUE, TALKED
from challenges.plans.queries.due import Due, answers_for, due_of, members_of, open_items
from challenges.plans.queries.talk import talked_about
from challenges.plans.timeliness import SOON
from synergy.notices.actions import notify
from synergy.people.models import Person

FEW = 3
"""Days."""


def remind(*, zone: str, day: date, now: datetime) -> None:
    """Tells the people who live in the zone. One notice for each item, last day and kind, whenever it is called.

    Who was not told two weeks before, because the date is new or the server was down, is told once of what
    holds now.
    """
    rows = list(open_items().filter(due_until__lte=_horizon(now)))
    team = members_of([row.plan for row in rows])
    people = Person.objects.filter(time_zone=zone, is_active=True).in_bulk()
    for row in rows:
        owner = answers_for(row, team)
        if owner in people:
            _tell(people[owner], due_of(row, now), now)


def remind_of_talk(*, zone: str, day: date, now: datetime) -> None:
    """Tells the people who live in the zone of what is new in the rooms of their items: once until they read it."""
    rows = list(talked_about())
    team = members_of([row.plan for row in rows])
    people = Person.objects.filter(time_zone=zone, is_active=True).in_bulk()
    for row in rows:
        if row.answers in people and (row.plan.cohort_id, row.plan.institution_id, row.answers) in team:
            with transaction.atomic():
                notify(
                    people=[people[row.answers]],
                    kind=TALKED,
                    key=f"{row.pk}/{row.seen}",
                    values={"item": str(row), "title": str(row.plan)},
                    address=reverse("plans:item", args=[row.plan_id, row.pk]),
                    now=now,
                )


def kind_for(days: int) -> str | None:
    """Which reminder fits so many days before the last one; None when it is too early."""
    if days < 0:
        return OVERDUE
    if days <= FEW:
        return DUE_NOW
    return DUE_SOON if days <= SOON else None


def _horizon(now: datetime) -> date:
    """A day more than is needed in any zone."""
    return date.fromordinal(now.date().toordinal() + SOON + 1)


@transaction.atomic
def _tell(person: Person, due: Due, now: datetime) -> None:
    kind, item = kind_for(due.days), due.item
    if kind is None:
        return
    until = item.due_until
    assert until is not None
    notify(
        people=[person],
        kind=kind,
        key=f"{item.pk}/{until:%F}",
        values={"item": str(item), "title": str(item.plan), "due": until.isoformat()},
        address=reverse("plans:item", args=[item.plan_id, item.pk]),
        now=now,
    )
