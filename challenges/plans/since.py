"""Plans in which others did something, and their new reports, as the first page says it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.plans.models import Report
from challenges.plans.queries.near import readable_reports
from challenges.plans.queries.plans import visible_plans
from challenges.plans.waiting import ICON
from challenges.since import changed_by_others, news_of
from sessions.since import MOST, News
from synergy.cohorts.queries import seats_of
from synergy.people.models import Person


def news_of_plans(person: Person, since: datetime) -> list[News]:
    """Four queries at most."""
    seats = list(seats_of(person))
    plans = visible_plans(person, seats)
    submitted = Report.objects.filter(
        readable_reports(person, seats), plan__in=plans.values("pk"), submitted_at__gt=since
    ).exclude(submitted_by=person)
    reports = submitted.select_related("plan__institution", "period").order_by("-submitted_at")[:MOST]
    told = [
        news_of(
            row,
            _("New plan") if row.created_at > since and row.created_by_id != person.pk else _("Plan"),
            reverse("plans:plan", args=[row.pk]),
            ICON,
        )
        for row in changed_by_others(plans, "plan", person, since)
    ]
    return [*told, *map(_report, reports)]


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
