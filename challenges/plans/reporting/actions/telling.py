"""Who is told of reports and decisions: in their transaction, and once."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from challenges.plans.models import Decision, Plan, Report, ReportState, Voice
from challenges.plans.reporting.notices import APPROVED, DECIDED, RETURNED, SHADOW, SUBMITTED
from synergy.cohorts.models import Role, Seat
from synergy.cohorts.queries import active_seats
from synergy.cohorts.rules import can_moderate
from synergy.notices.actions import notify
from synergy.people.models import Person

_KINDS = {
    ReportState.SUBMITTED: SUBMITTED,
    ReportState.RETURNED: RETURNED,
    ReportState.APPROVED: APPROVED,
}


def tell_of_report(report: Report, by: Person, now: datetime, *, is_again: bool = False) -> None:
    """Submitted: the school and the consultant. Answered, and a shadow report: the institution's team.
    `is_again`: it was returned with questions before."""
    plan, is_shadow = report.plan, report.voice == Voice.SHADOW
    kind = SHADOW if is_shadow else _KINDS[ReportState(report.state)]
    seats = active_seats(plan.cohort_id).filter(person__is_active=True)
    people = [seat.person for seat in seats if seat.person_id != by.pk and _concerns(plan, seat, kind)]
    notify(
        people=people,
        kind=kind,
        key=f"{report.pk}/{now.isoformat()}",
        values={
            "title": str(plan),
            "institution": plan.institution.name,
            "who": by.name,
            "period": report.period.name,
            "why": report.returned_why,
            "again": is_again,
        },
        address=reverse("plan_reports:report", args=[plan.pk, report.pk]),
        now=now,
    )


def tell_of_decision(plan: Plan, decision: Decision, by: Person, now: datetime) -> None:
    if decision.owner is None or decision.owner_id == by.pk:
        return
    notify(
        people=[decision.owner],
        kind=DECIDED,
        key=str(decision.pk),
        values={"title": str(plan), "who": by.name, "text": decision.text},
        address=reverse("plan_reports:stocktake", args=[plan.pk, decision.review_id]),
        now=now,
    )


def _concerns(plan: Plan, seat: Seat, kind: str) -> bool:
    in_team = seat.role == Role.PARTICIPANT and seat.institution_id == plan.institution_id
    if kind == SUBMITTED:
        return can_moderate(seat) or seat.person_id == plan.consultant_id
    if kind == SHADOW:
        return in_team or can_moderate(seat)
    return in_team
