"""The periods of a plan with both voices, and its stocktakes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from challenges.plans.models import Plan, ReportState, Voice
from challenges.plans.reporting.events import PeriodCard, ReportingCard, ReportLine, StocktakeCard
from challenges.plans.reporting.queries import can_take_on, reporting_for, reporting_state, reporting_stream
from challenges.plans.reporting.rules import (
    REPORTED,
    WRITABLE,
    can_read_voice,
    can_take_stock,
    can_write_voice,
    is_due,
    runs,
)
from challenges.plans.reporting.views.forms import FORMS, said_rows, turned_down, typed_rows
from challenges.plans.reporting.views.reading import status_of, top_of
from challenges.plans.reporting.words import NOT_BEGUN, period_badge, report_badge, span_words
from challenges.plans.rules import is_school
from challenges.plans.views.reading import plan_or_404
from challenges.plans.views.sight import Sight
from challenges.words import Badge
from rooms.events import PersonCard
from synergy.journal import log
from synergy.live.field_forms import tried, whole_number
from synergy.live.forms import run_command
from synergy.live.refusals import Refused
from synergy.people.models import Person
from synergy.people.views import person_of

Asked = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class VoiceLine:
    """`may_write`: whether it can be begun or written on now."""

    voice: str
    name: str | Promise
    report: ReportLine | None
    state: Badge
    address: str
    edit: str
    may_begin: bool
    may_write: bool
    by: PersonCard | None


@dataclass(frozen=True)
class PeriodLine:
    period: PeriodCard
    span: str
    state: Badge
    voices: list[VoiceLine]
    is_used: bool
    is_over: bool
    unapproved: int
    runs: bool
    open_voices: list[VoiceLine]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: HttpRequest, pk: int) -> HttpResponse:
    plan, person = plan_or_404(request, pk), person_of(request)
    if request.method != "POST":
        return _render(request, plan, {})
    name = request.POST.get("do", "")
    if name == "begin":
        return _begin(request, person, plan)
    if name not in _ASKED:
        raise Http404
    command, data = _ASKED[name](request.POST)
    refused = tried(person, reporting_stream(pk), command, data, name)
    if refused:
        return _render(request, plan, refused)
    messages.success(request, str(FORMS[name].done))
    return redirect("plan_reports:list", pk)


def _begin(request: HttpRequest, person: Person, plan: Plan) -> HttpResponse:
    data = {"period": _key(request.POST, "period"), "voice": request.POST.get("voice", "")}
    try:
        begun = run_command(person, reporting_stream(plan.pk), "report.begin", data)
    except Refused as refusal:
        return _render(request, plan, {"begin": refusal})
    return redirect(
        "plan_reports:edit", plan.pk, begun["report"] if isinstance(begun, dict) else begun.report
    )


def _render(request: HttpRequest, plan: Plan, refused: Mapping[str, Refused]) -> HttpResponse:
    person = person_of(request)
    top, sight = top_of(person, plan)
    near = reporting_for(person, plan.pk) is not None
    card = reporting_state(person, plan)
    is_reported = plan.state in REPORTED
    may_take_stock = is_reported and can_take_stock(person, plan)
    page = {
        **top,
        "reporting_head": log.head(reporting_stream(plan.pk)),
        "periods": _period_lines(person, plan, card, sight, near=near),
        "stocktakes": _stocktakes(card) if near else [],
        "is_near": near,
        "is_reported": is_reported,
        "may_period": is_reported and is_school(person, plan),
        "may_take_stock": may_take_stock,
        "people": can_take_on(plan.pk, sight.card.people.values()) if may_take_stock else [],
        "turned": next((turned_down(*each, request.POST) for each in refused.items()), None),
        "typed": request.POST,
        "rows": typed_rows(request.POST if "stocktake" in refused else QueryDict()),
    }
    return render(request, "challenges/plans/reports/list.html", page, status=status_of(refused))


def _stocktakes(card: ReportingCard) -> list[tuple[StocktakeCard, int]]:
    """The newest first, with how many of its decisions are open."""
    rows = sorted(card.stocktakes, key=lambda each: each.id, reverse=True)
    return [(row, sum(each.done_at is None for each in row.decisions)) for row in rows]


def _period_lines(
    person: Person, plan: Plan, card: ReportingCard, sight: Sight, *, near: bool
) -> list[PeriodLine]:
    """Who only reads the plan sees what was approved."""
    found = []
    for period in _in_order(card.periods, sight.today):
        lines = [each for each in card.reports if each.period == period.id]
        voices = [_voice_line(person, plan, period, voice, lines, sight) for voice in Voice]
        shown = [each for each in voices if near or each.address]
        if shown:
            found.append(
                PeriodLine(
                    period,
                    span_words(period),
                    period_badge(
                        plan,
                        period,
                        sight.today,
                        is_reported=any(
                            each.voice == Voice.OWN and each.state not in WRITABLE for each in lines
                        ),
                    ),
                    shown,
                    is_used=bool(lines),
                    is_over=period.ends < sight.today and is_due(plan, period.starts, period.ends),
                    unapproved=sum(
                        each.state == ReportState.SUBMITTED for each in lines if each.voice == "own"
                    ),
                    runs=runs(plan, period.ends, sight.today),
                    open_voices=_open_voices(plan, period, voices),
                )
            )
    return found


def _in_order(periods: Iterable[PeriodCard], today: date) -> list[PeriodCard]:
    """What one reports on now comes first: the newest that has begun. Those to come stand last, the next one first."""
    by_start = sorted(periods, key=lambda each: each.starts)
    begun = [each for each in by_start if each.starts <= today]
    return [*reversed(begun), *by_start[len(begun) :]]


def _open_voices(plan: Plan, period: PeriodCard, voices: list[VoiceLine]) -> list[VoiceLine]:
    """Whose report of a period is still to come: that of the institution, and of the consultant if there is one."""
    if not is_due(plan, period.starts, period.ends):
        return []
    done = {Voice.OWN: ReportState.APPROVED, Voice.SHADOW: ReportState.SUBMITTED}
    return [
        each
        for each in voices
        if (each.voice == Voice.OWN or plan.consultant_id)
        and (each.report is None or each.report.state != done[Voice(each.voice)])
    ]


def _voice_line(
    person: Person,
    plan: Plan,
    period: PeriodCard,
    voice: Voice,
    lines: list[ReportLine],
    sight: Sight,
) -> VoiceLine:
    report = next((each for each in lines if each.voice == voice), None)
    mine = can_write_voice(person, plan, voice)
    is_open = period.closed_at is None and plan.state in REPORTED
    is_readable = report is not None and can_read_voice(person, plan, voice, report.state)
    args = [plan.pk, report.id if report else 0]
    return VoiceLine(
        voice=voice,
        name=voice.label,
        report=report,
        state=report_badge(voice, report.state) if report else NOT_BEGUN,
        address=reverse("plan_reports:report", args=args) if is_readable else "",
        edit=reverse("plan_reports:edit", args=args) if report else "",
        may_begin=mine and is_open and report is None and is_due(plan, period.starts, period.ends),
        may_write=mine and is_open and report is not None and report.state in WRITABLE,
        by=sight.person(report.submitted_by) if report else None,
    )


def _key(form: QueryDict, name: str) -> int:
    return whole_number(form.get(name, ""))


def _stocktake(form: QueryDict) -> Asked:
    decisions = [
        {"text": row["text"], "owner": row["owner"] or None, "due": row["due"] or None}
        for row in said_rows(form)
    ]
    return "stocktake.hold", {"note": form.get("note", ""), "decisions": decisions}


_ASKED: dict[str, Callable[[QueryDict], Asked]] = {
    "add": lambda form: (
        "period.add",
        {
            "name": form.get("name", ""),
            "starts": form.get("starts", ""),
            "ends": form.get("ends", ""),
        },
    ),
    "close": lambda form: ("period.close", {"period": _key(form, "period"), "why": form.get("why", "")}),
    "reopen": lambda form: ("period.reopen", {"period": _key(form, "period"), "why": form.get("why", "")}),
    "remove": lambda form: ("period.remove", {"period": _key(form, "period")}),
    "stocktake": _stocktake,
}
