"""Each morning: who has to report is reminded on the day after the period and a week later, who has taken on a decision
as for what is due in a plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from challenges.plans.models import Decision, Period, Plan, PlanState, Report, ReportState, Voice
from challenges.plans.reminders import kind_for
from challenges.plans.reporting.notices import DECISION_KINDS, DUE, LATE
from challenges.plans.reporting.queries import reporting_readers
from challenges.plans.reporting.rules import REPORTED, is_due
from challenges.plans.timeliness import SOON, days_left, today_in
from synergy.cohorts.models import Role, Seat
from synergy.notices.actions import notify
from synergy.people.models import Person

WEEK = timedelta(days=7)
FORGOTTEN = timedelta(days=60)
"""Nobody is reminded of what is older: a period made for the past does not flood anybody."""


def remind_of_reports(*, zone: str, day: date, now: datetime) -> None:
    """Tells the co-ordinators, the plan's owner and the consultant who live in the zone, each of their own voice.

    One notice for each period, voice and kind, whenever it is called.
    """
    ended = Period.objects.filter(
        closed_at__isnull=True,
        ends__lt=now.date() + timedelta(days=1),
        ends__gte=now.date() - FORGOTTEN,
        plan__state__in=REPORTED,
    ).select_related("plan__institution")
    rows = [row for row in ended if is_due(row.plan, row.starts, row.ends)]
    written = set(
        Report.objects.filter(period__in=rows)
        .exclude(state__in=[ReportState.DRAFT, ReportState.RETURNED])
        .values_list("period", "voice")
    )
    leads = _leads(rows)
    here = _people_here([row.plan for row in rows])
    for row in rows:
        ago = today_in(row.plan.time_zone, now) - row.ends
        if ago <= timedelta():
            continue
        kind = LATE if ago >= WEEK else DUE
        if (row.pk, Voice.OWN) not in written:
            _tell(row, kind, Voice.OWN, leads.get((row.plan.cohort_id, row.plan_id), []), zone, now)
        consultant = here.get((row.plan.cohort_id, row.plan.consultant_id))
        if consultant is not None and (row.pk, Voice.SHADOW) not in written:
            _tell(row, kind, Voice.SHADOW, [consultant], zone, now)


def remind_of_decisions(*, zone: str, day: date, now: datetime) -> None:
    """Tells who has taken on something in a stocktake, as long as they can read it and live in the zone.

    One notice for each decision, day and kind, whenever it is called. No more queries for more decisions of a plan,
    until one is told.
    """
    open_ones = Decision.objects.filter(
        done_at__isnull=True,
        due__gte=now.date() - FORGOTTEN,
        due__lte=now.date() + timedelta(days=SOON + 1),
        owner__time_zone=zone,
        review__plan__state=PlanState.APPROVED,
    ).select_related("review__plan__institution")
    rows = [(row, kind) for row in open_ones if (kind := _kind_of(row, now))]
    here = _people_here([row.review.plan for row, _kind in rows])
    owners: dict[int, set[int]] = {}
    for row, _kind in rows:
        owners.setdefault(row.review.plan_id, set()).add(row.owner_id or 0)
    readers = {plan: reporting_readers(plan, people) for plan, people in owners.items()}
    for row, kind in rows:
        plan = row.review.plan
        owner = here.get((plan.cohort_id, row.owner_id))
        if owner is not None and owner.pk in readers[plan.pk]:
            _tell_decision(row, plan, DECISION_KINDS[kind], owner, now)


def _kind_of(row: Decision, now: datetime) -> str | None:
    assert row.due is not None
    return kind_for(days_left(row.due, today_in(row.review.plan.time_zone, now)))


def _people_here(plans: Sequence[Plan]) -> dict[tuple[int, int | None], Person]:
    """{(cohort, person): the person, who has a seat there now}. One query."""
    seats = Seat.objects.filter(
        cohort__in={plan.cohort_id for plan in plans}, ended_at__isnull=True, person__is_active=True
    )
    return {(seat.cohort_id, seat.person_id): seat.person for seat in seats.select_related("person")}


def _leads(rows: list[Period]) -> dict[tuple[int, int], list[Person]]:
    """{(cohort, plan): its leads who are here}. One query."""
    plans = {row.plan_id: row.plan for row in rows}
    seats = Seat.objects.filter(
        Q(is_coordinator=True) | Q(person__in=[plan.owner_id for plan in plans.values() if plan.owner_id]),
        cohort__in={plan.cohort_id for plan in plans.values()},
        role=Role.PARTICIPANT,
        ended_at__isnull=True,
        person__is_active=True,
    ).select_related("person")
    found: dict[tuple[int, int], list[Person]] = {}
    for seat in seats if plans else []:
        for plan in plans.values():
            is_here = (seat.cohort_id, seat.institution_id) == (plan.cohort_id, plan.institution_id)
            if is_here and (seat.is_coordinator or plan.owner_id == seat.person_id):
                found.setdefault((plan.cohort_id, plan.pk), []).append(seat.person)
    return found


@transaction.atomic
def _tell(period: Period, kind: str, voice: str, people: list[Person], zone: str, now: datetime) -> None:
    notify(
        people=[person for person in people if person.time_zone == zone],
        kind=kind,
        key=f"{period.pk}/{voice}",
        values={"period": period.name, "title": str(period.plan), "ends": period.ends.isoformat()},
        address=reverse("plan_reports:list", args=[period.plan_id]),
        now=now,
    )


@transaction.atomic
def _tell_decision(row: Decision, plan: Plan, kind: str, owner: Person, now: datetime) -> None:
    assert row.due is not None
    notify(
        people=[owner],
        kind=kind,
        key=f"{row.pk}/{row.due:%F}",
        values={"title": str(plan), "text": row.text, "due": row.due.isoformat()},
        address=reverse("plan_reports:stocktake", args=[plan.pk, row.review_id]),
        now=now,
    )
