"""One report, beside the other voice on the same period; where the two differ comes first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from challenges.plans.models import Period, Report, ReportEntry, ReportState, Voice
from challenges.plans.reporting.actions import missing_in_report
from challenges.plans.reporting.comparing import Pair, pairs_of
from challenges.plans.reporting.queries import report_stream
from challenges.plans.reporting.rules import (
    WRITABLE,
    can_judge,
    can_read,
    can_submit,
    can_write,
    is_near,
    runs,
)
from challenges.plans.reporting.views.forms import done_words, turned_down
from challenges.plans.reporting.views.history import history_of, waits_words
from challenges.plans.reporting.views.reading import report_or_404, status_of, top_of
from challenges.plans.reporting.words import report_badge
from challenges.plans.rules import is_consultant
from challenges.plans.views.rows import ItemRow, item_row
from challenges.plans.views.sight import Sight
from challenges.plans.words import Mark, confidence_mark, day_words
from challenges.sights import note_seen
from challenges.words import Badge
from rooms.events import PersonCard
from sessions.openspace.proceedings.book import Prose
from synergy.journal import log
from synergy.live.field_forms import tried
from synergy.live.refusals import Refused
from synergy.people.models import Person
from synergy.people.views import person_of

Asked = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Spoken:
    """One voice as a whole."""

    report: Report
    name: str
    state: Badge
    mark: Mark | None
    text: Prose
    by: PersonCard | None
    approved_by: PersonCard | None


@dataclass(frozen=True)
class Side:
    row: ItemRow
    pair: Pair


@dataclass(frozen=True)
class SideBySide:
    """Both voices on a period. `differing` first, then all."""

    own: Spoken | None
    shadow: Spoken | None
    differing: list[Side]
    rest: list[Side]
    same_confidence: bool
    missing: dict[str, str]
    """{voice that one cannot read: why not}"""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_page(request: HttpRequest, pk: int, report: int) -> HttpResponse:
    person = person_of(request)
    row = report_or_404(person, pk, report)
    refused: dict[str, Refused] = {}
    note_seen(request, row.plan, of=f"report:{row.pk}", about=str(row.period))
    if request.method == "POST":
        name = request.POST.get("do", "")
        if name not in _ASKED:
            raise Http404
        command, data = _ASKED[name](request.POST)
        refused = tried(person, report_stream(report), command, data, name)
        if not refused:
            messages.success(request, done_words(name, row))
            return _after(person, row)
    return _render(request, row, refused)


def side_by_side(
    person: Person,
    sight: Sight,
    period: Period,
    reports: list[Report],
    states: Collection[str] = ReportState.values,
) -> SideBySide:
    """Those of the period, in one of the states, that one may read. One query."""
    of_period = [row for row in reports if row.period_id == period.pk and row.state in states]
    here = {row.voice: row for row in of_period if can_read(person, row)}
    said_by: dict[str, dict[int, ReportEntry]] = {voice: {} for voice in Voice.values}
    voices = {row.pk: row.voice for row in here.values()}
    for entry in ReportEntry.objects.filter(report__in=voices):
        said_by[voices[entry.report_id]][entry.item_id] = entry
    order = [item for item, _depth in sight.tree]
    pairs = pairs_of(order, said_by[Voice.OWN], said_by[Voice.SHADOW])
    sides = [Side(item_row(sight, sight.items[pair.item]), pair) for pair in pairs]
    own, shadow = (_spoken(sight, here.get(voice)) for voice in (Voice.OWN, Voice.SHADOW))
    return SideBySide(
        own=own,
        shadow=shadow,
        differing=[side for side in sides if side.pair.differs],
        rest=[side for side in sides if not side.pair.differs],
        missing=_missing_voices(person, period, reports, here),
        same_confidence=not (own and shadow and own.report.confidence != shadow.report.confidence),
    )


def _missing_voices(
    person: Person, period: Period, reports: list[Report], here: Mapping[str, Report]
) -> dict[str, str]:
    """`reports` has one at least: pages without any show no sides."""
    plan = reports[0].plan
    begun = {row.voice for row in reports if row.period_id == period.pk}
    found = {}
    for voice in Voice:
        if voice in here:
            continue
        if not is_near(person, plan):
            found[voice.value] = _("It is open to the institution, the school and the consultant.")
        elif voice in begun:
            found[voice.value] = _("It is begun, and not submitted yet.")
        elif voice == Voice.SHADOW and plan.consultant_id is None:
            found[voice.value] = _("This plan has no consultant.")
        else:
            found[voice.value] = _("It is not begun yet.")
    return found


def _spoken(sight: Sight, report: Report | None) -> Spoken | None:
    if report is None:
        return None
    return Spoken(
        report=report,
        name=str(Voice(report.voice).label),
        state=report_badge(report.voice, report.state),
        mark=confidence_mark(report.confidence),
        text=Prose(report.text, sight.card.language),
        by=sight.person(report.submitted_by_id or report.created_by_id),
        approved_by=sight.person(report.approved_by_id),
    )


def _render(request: HttpRequest, report: Report, refused: Mapping[str, Refused]) -> HttpResponse:
    person = person_of(request)
    report = report_or_404(person, report.plan_id, report.pk)
    top, sight = top_of(person, report.plan)
    others = list(
        Report.objects.filter(period=report.period_id).exclude(pk=report.pk).select_related("period")
    )
    for each in others:
        each.plan = report.plan
    is_open = report.period.closed_at is None
    is_writable = report.state in WRITABLE and is_open
    may_submit = can_submit(person, report) and is_writable
    waits = report.state == ReportState.SUBMITTED and is_open
    page = {
        **top,
        "report": report,
        "report_head": log.head(report_stream(report.pk)),
        "voice": Voice(report.voice).label,
        "report_state": report_badge(report.voice, report.state),
        "both": side_by_side(person, sight, report.period, [report, *others]),
        "waits": waits_words(person, report),
        "history": history_of(report, sight),
        "runs_until": day_words(report.period.ends)
        if runs(report.plan, report.period.ends, sight.today)
        else "",
        "has_two_roles": waits and can_judge(person, report) and is_consultant(person, report.plan),
        "missing": list(missing_in_report(report).values()) if may_submit else [],
        "returned_why": report.returned_why if report.state == ReportState.RETURNED else "",
        "may_write": can_write(person, report) and is_writable,
        "may_submit": may_submit,
        "read": report.submitted_at.isoformat() if report.submitted_at else "",
        "may_judge": waits and can_judge(person, report),
        "may_withdraw": waits and can_submit(person, report),
        "turned": next((turned_down(*each, request.POST) for each in refused.items()), None),
        "typed": request.POST,
    }
    return render(request, "challenges/plans/reports/report.html", page, status=status_of(refused))


def _after(person: Person, report: Report) -> HttpResponse:
    """Who took a report out of their own sight goes back to the list."""
    return redirect("plan_reports:report", report.plan_id, report.pk)


_ASKED: dict[str, Callable[[QueryDict], Asked]] = {
    "submit": lambda form: ("report.submit", {"why": form.get("why", "").strip()}),
    "withdraw": lambda form: ("report.withdraw", {}),
    "approve": lambda form: (
        "report.approve",
        {"submitted_at": form.get("step", ""), "why": form.get("why", "").strip()},
    ),
    "return": lambda form: (
        "report.return",
        {"submitted_at": form.get("step", ""), "why": form.get("why", "").strip()},
    ),
}
