"""Plans in which others did something, and their new reports, as the first page says it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.plans.models import Plan, Report
from challenges.plans.queries.near import readable_reports
from challenges.plans.queries.plans import visible_plans
from challenges.plans.waiting import ICON
from sessions.since import MOST, READ, News
from synergy.cohorts.queries import seats_of
from synergy.journal.doers import done_by_others
from synergy.people.models import Person


def news_of_plans(person: Person, since: datetime) -> list[News]:
    """Four queries at most."""
    seats = list(seats_of(person))
    plans = visible_plans(person, seats)
    rows = list(plans.filter(changed_at__gt=since).order_by("-changed_at")[:READ])
    others = done_by_others("plan", [row.pk for row in rows], by=person.pk, since=since) if rows else set()
    submitted = Report.objects.filter(
        readable_reports(person, seats), plan__in=plans.values("pk"), submitted_at__gt=since
    ).exclude(submitted_by=person)
    reports = submitted.select_related("plan__institution", "period").order_by("-submitted_at")[:MOST]
    told = [_plan(row, since) for row in rows if row.pk in others]
    return [*told[:MOST], *map(_report, reports)]


def _plan(plan: Plan, since: datetime) -> News:
    return News(
        about=_("New plan") if plan.created_at > since else _("Plan"),
        text=str(plan),
        language=plan.language if plan.title else "",
        detail=" · ".join((plan.institution.name, plan.get_state_display())),
        address=reverse("plans:plan", args=[plan.pk]),
        icon=ICON,
        at=plan.changed_at,
    )


def _report(report: Report) -> News:
    return News(
        about=report.get_voice_display(),
        text=str(report.plan),
        language=report.plan.language if report.plan.title else "",
        detail=" · ".join((report.plan.institution.name, str(report.period))),
        address=reverse("plan_reports:report", args=[report.plan_id, report.pk]),
        icon="file-text",
        at=report.submitted_at or report.changed_at,
    )
