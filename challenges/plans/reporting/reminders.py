"""Each morning, who has to report is reminded: on the day after the period, and a week later."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from challenges.plans.models import Period, Report, ReportState, Voice
from challenges.plans.reporting.notices import DUE, LATE
from challenges.plans.reporting.rules import REPORTED
from challenges.plans.timeliness import today_in
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
    ).select_related("plan__institution", "plan__owner", "plan__consultant")
    rows = list(ended)
    written = set(
        Report.objects.filter(period__in=rows)
        .exclude(state__in=[ReportState.DRAFT, ReportState.RETURNED])
        .values_list("period", "voice")
    )
    leads = _leads(rows)
    for row in rows:
        ago = today_in(row.plan.time_zone, now) - row.ends
        if ago <= timedelta():
            continue
        kind = LATE if ago >= WEEK else DUE
        if (row.pk, Voice.OWN) not in written:
            _tell(row, kind, Voice.OWN, leads.get((row.plan.cohort_id, row.plan_id), []), zone, now)
        if row.plan.consultant is not None and (row.pk, Voice.SHADOW) not in written:
            _tell(row, kind, Voice.SHADOW, [row.plan.consultant], zone, now)


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
