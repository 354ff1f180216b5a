"""What reports and decisions wait for a person, as the first page says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.plans.models import Period, Plan, Report, ReportState, Voice
from challenges.plans.reporting.queries import decisions_of
from challenges.plans.reporting.rules import REPORTED, is_due
from challenges.plans.timeliness import SOON, today_in
from sessions.waiting import MANY, Urgency, Waiting
from synergy.cohorts.models import Role, Seat
from synergy.cohorts.queries import seats_of
from synergy.cohorts.rules import can_moderate
from synergy.people.models import Person

WRITTEN = (ReportState.SUBMITTED, ReportState.APPROVED)
RECENT = timedelta(days=60)


def reports_that_wait(person: Person, now: datetime) -> list[Waiting]:
    """Reports to write and to read, and decisions that the person has taken on. Four queries at most."""
    return [*reports_to_do(person, list(seats_of(person)), now), *_decided(person, now)]


def reports_to_do(person: Person, seats: Sequence[Seat], now: datetime) -> list[Waiting]:
    """To write and to read."""
    to_read = _to_read([seat.cohort_id for seat in seats if can_moderate(seat)])
    return [*_to_write(person, seats, now), *to_read]


def _to_write(person: Person, seats: Sequence[Seat], now: datetime) -> Iterator[Waiting]:
    """Of periods that are over: to the leads their own report, to the consultant the shadow report."""
    mine = Q(pk__in=[])
    for seat in seats:
        mine |= Q(plan__cohort=seat.cohort_id, plan__consultant=person)
        if seat.role == Role.PARTICIPANT:
            lead = Q() if seat.is_coordinator else Q(plan__owner=person)
            mine |= Q(plan__cohort=seat.cohort_id, plan__institution=seat.institution_id) & lead
    over = Q(ends__lt=now.date(), ends__gte=now.date() - RECENT, closed_at__isnull=True)
    rows = (
        Period.objects.filter(mine & over, plan__state__in=REPORTED)
        .select_related("plan")
        .order_by("ends", "pk")
        if seats
        else []
    )
    periods = [row for row in rows if is_due(row.plan, row.starts, row.ends)]
    written = set(
        Report.objects.filter(period__in=periods, state__in=WRITTEN).values_list("period", "voice")
        if periods
        else []
    )
    for period in periods:
        voice = Voice.SHADOW if period.plan.consultant_id == person.pk else Voice.OWN
        if (period.pk, voice) not in written:
            yield _line(
                (_("Shadow report on %(period)s") if voice == Voice.SHADOW else _("Report on %(period)s"))
                % {"period": period.name},
                period.plan,
                _("Write it"),
                f"{reverse('plan_reports:list', args=[period.plan_id])}#period-{period.pk}",
                urgency="now"
                if today_in(period.plan.time_zone, now) - period.ends > timedelta(days=7)
                else "soon",
            )


def _to_read(cohorts: Sequence[int]) -> Iterator[Waiting]:
    if not cohorts:
        return
    rows = Report.objects.filter(
        plan__cohort__in=cohorts,
        plan__state__in=REPORTED,
        voice=Voice.OWN,
        state=ReportState.SUBMITTED,
        period__closed_at__isnull=True,
    ).select_related("plan__institution", "period")
    for row in rows.order_by("submitted_at", "pk")[:MANY]:
        yield _line(
            _("Report on %(period)s") % {"period": row.period.name},
            row.plan,
            _("Read it"),
            reverse("plan_reports:report", args=[row.plan_id, row.pk]),
            detail=_("Approve it, or return it with questions."),
            urgency="today",
            whose=row.plan.institution.name,
            since=row.submitted_at,
        )


def _decided(person: Person, now: datetime) -> Iterator[Waiting]:
    soon = now.date() + timedelta(days=SOON)
    rows = [row for row in decisions_of(person) if (row.due or date.min) <= soon]
    if not rows:
        return
    late = any(row.due is not None and row.due < now.date() for row in rows)
    words = ngettext(
        "%(number)d decision of a stocktake is yours",
        "%(number)d decisions of stocktakes are yours",
        len(rows),
    )
    yield Waiting(
        about=_("Plans"),
        text=words % {"number": len(rows)},
        button=_("See what is due"),
        address=reverse("plans:due"),
        icon="list-checks",
        detail="",
        urgency="now" if late else "soon",
        language="",
    )


def _line(
    about: str,
    plan: Plan,
    button: str,
    address: str,
    *,
    detail: str = "",
    urgency: Urgency = "soon",
    whose: str = "",
    since: datetime | None = None,
) -> Waiting:
    return Waiting(
        about=about,
        text=str(plan),
        button=button,
        address=address,
        icon="notebook-pen",
        detail=detail,
        urgency=urgency,
        language=plan.language,
        whose=whose,
        since=since,
    )
