"""The whole of a plan, and of an edition's plans, for paper: the browser prints them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from challenges.plans.models import Decision, Kind, Plan, Report, ReportState
from challenges.plans.reporting.decided import decision_rows
from challenges.plans.reporting.edition import edition_for, sheets_of, totals_of
from challenges.plans.reporting.queries import reporting_for
from challenges.plans.reporting.views.reading import top_of
from challenges.plans.reporting.views.report import SideBySide, side_by_side
from challenges.plans.views.charts import charts_of
from challenges.plans.views.decisions import needs_of
from challenges.plans.views.evidence import proofs_of
from challenges.plans.views.milestones import milestones_of
from challenges.plans.views.reading import plan_or_404
from challenges.plans.views.rows import WITH_PROGRESS, item_rows
from challenges.plans.views.sight import Sight
from challenges.plans.words import day_words
from challenges.sights import note_edition_taken, note_seen
from sessions.openspace.proceedings.book import Prose
from synergy.audit.models import Act
from synergy.people.models import Person
from synergy.people.views import person_of

VOICES = 4
"""So many of the newest periods are printed with both voices."""
SPOKEN = (ReportState.SUBMITTED, ReportState.APPROVED)
"""Paper is for others: drafts stay on the screen."""


@never_cache
@login_required
@require_safe
def plan_paper(request: HttpRequest, pk: int) -> HttpResponse:
    plan, person = plan_or_404(request, pk), person_of(request)
    note_seen(request, plan, Act.EXPORTED, of="paper")
    top, sight = top_of(person, plan)
    near = reporting_for(person, pk) is not None
    page: dict[str, Any] = {
        **top,
        "printed_on": day_words(sight.today),
        "summary": Prose(sight.card.summary, sight.card.language),
        "rows": item_rows(sight, *WITH_PROGRESS),
        "milestones": milestones_of(sight),
        "needs": needs_of(sight),
        "charts": charts_of(sight),
        "risks": item_rows(sight, Kind.RISK, Kind.ASSUMPTION),
        "proofs": proofs_of(sight),
        "voices": _voices(person, plan, sight),
        "decisions": decision_rows(person, sight, plan, _decisions(plan)) if near else [],
    }
    return render(request, "challenges/plans/reports/paper.html", page)


@never_cache
@login_required
@require_safe
def edition_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Across institutions: the plans of the edition that the person may read."""
    person = person_of(request)
    edition = edition_for(person, pk)
    if edition is None:
        raise Http404
    now = timezone.now()
    sheets = sheets_of(person, edition, now)
    note_edition_taken(request, edition, (sheet.plan.cohort_id for sheet in sheets), "paper")
    page = {
        "edition": edition,
        "sheets": sheets,
        "totals": totals_of(sheets),
        "printed_on": day_words(timezone.localtime(now).date()),
    }
    return render(request, "challenges/plans/reports/edition.html", page)


def _voices(person: Person, plan: Plan, sight: Sight) -> list[tuple[str, SideBySide]]:
    """The newest period first."""
    rows = (
        plan.reports.filter(period__in=plan.reports.filter(state__in=SPOKEN).values("period"))
        .select_related("period")
        .order_by("-period__ends", "-pk")
    )
    found: dict[int, list[Report]] = {}
    for row in rows:
        row.plan = plan
        found.setdefault(row.period_id, []).append(row)
    told = []
    for reports in list(found.values())[:VOICES]:
        both = side_by_side(person, sight, reports[0].period, reports, states=SPOKEN)
        if both.own or both.shadow:
            told.append((reports[0].period.name, both))
    return told


def _decisions(plan: Plan) -> list[Decision]:
    return list(
        Decision.objects.filter(review__plan=plan).select_related("review").order_by("-review__on", "pk")
    )
