"""What is due for the person, in all plans; and how far what they answer for is, in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from challenges.plans.cards import item_card
from challenges.plans.drawing.path import Point
from challenges.plans.measured import standing_of
from challenges.plans.models import Confidence, Item, Kind, Progress
from challenges.plans.queries import Due, plan_stream
from challenges.plans.queries.due import Urgency, due_items, due_of, last_readings
from challenges.plans.queries.listed import counts_of
from challenges.plans.reporting.queries import decisions_of
from challenges.plans.reporting.waiting import reports_to_do
from challenges.plans.timeliness import today_in
from challenges.plans.views.asked import Asked
from challenges.plans.views.forms import FORMS, turned_down
from challenges.plans.views.plan import head_of
from challenges.plans.views.reading import plan_or_404, read_plan
from challenges.plans.views.rows import ItemRow, item_row
from challenges.plans.views.sight import Sight
from challenges.plans.waiting import plans_to_answer
from challenges.plans.words import confidence_mark, day_words, days_badge, progress_word
from challenges.words import Badge
from synergy.cohorts.models import Role
from synergy.cohorts.queries import seats_of
from synergy.live.field_forms import whole_number
from synergy.live.forms import run_command
from synergy.live.refusals import STATUS, Refused
from synergy.people.views import person_of

PAGE = 25
"""Rows."""
_TITLES: dict[Urgency, Promise] = {
    Urgency.OVERDUE: gettext_lazy("Overdue"),
    Urgency.SOON: gettext_lazy("In the next 14 days"),
    Urgency.LATER: gettext_lazy("Later"),
}


@dataclass(frozen=True)
class DueEntry:
    due: Due
    badge: Badge
    day: str
    address: str
    progress: str | Promise


@dataclass(frozen=True)
class DueGroup:
    """`count`: on all pages."""

    name: str
    title: Promise
    count: int
    entries: list[DueEntry]


@dataclass(frozen=True)
class ProgressGroup:
    """`rows`: each with whether nothing proves it yet, and whether its form is open."""

    name: str
    title: str
    rows: list[tuple[ItemRow, bool, bool]]

    @property
    def has_unowned(self) -> bool:
        """Whether one answers for some of it with the whole plan alone."""
        no_owner = (not (row.owner or row.owner_wording) for row, _lacks, _open in self.rows)
        return self.name == "own" and any(no_owner)


@never_cache
@login_required
@require_safe
def due_page(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), timezone.now()
    asked = Asked.of(request.GET, when=[each.name.lower() for each in Urgency])
    rows, decided = due_items(person, now), decisions_of(person)
    is_any = rows.exists()
    if "when" in asked.chosen:
        rows = rows.filter(urgency=Urgency[asked.chosen["when"].upper()])
    if asked.words:
        rows = rows.filter(Q(title__icontains=asked.words) | Q(plan__title__icontains=asked.words))
    seats = list(seats_of(person))
    waits = [*plans_to_answer(person, seats), *reports_to_do(person, seats, now)]
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    is_top = page.number == 1 and not asked.is_filtered
    shown = {
        "groups": _groups(list(page), rows, now),
        "page": page,
        "asked": asked,
        "urgencies": [(each.name.lower(), _TITLES[each]) for each in Urgency],
        "decided": decided[:PAGE] if is_top else [],
        "decided_later": len(decided[PAGE:]),
        "waits": sorted(waits, key=lambda line: line.place) if is_top else [],
        "is_any": is_any or bool(decided),
        "is_observer": all(seat.role == Role.OBSERVER for seat in seats),
    }
    return render(request, "challenges/plans/due.html", shown)


def _groups(found: Sequence[Any], rows: QuerySet[Item], now: datetime) -> list[DueGroup]:
    """`found`: the items of this page; `rows`: of all."""
    counts = counts_of(rows, "urgency")
    last = last_readings([item.pk for item in found])
    groups = {
        each: DueGroup(each.name.lower(), title, counts.get(each, 0), []) for each, title in _TITLES.items()
    }
    for item in found:
        groups[item.urgency].entries.append(_entry(due_of(item, now), last.get(item.pk)))
    return [group for group in groups.values() if group.entries]


def _entry(due: Due, last: Point | None) -> DueEntry:
    item = due.item
    is_measured = item.kind == Kind.INDICATOR and item.progress == Progress.NOT_STARTED
    plan = item.plan
    today = today_in(item.plan.time_zone, timezone.now())
    return DueEntry(
        due=due,
        badge=days_badge(due.timeliness, item.due_until, today),
        day=day_words(item.due_until) if item.due_until else "",
        address=reverse("plans:item", args=[item.plan_id, item.pk]),
        progress=standing_of(item_card(item, []), plan.starts, plan.ends, last)
        if is_measured
        else progress_word(item.progress),
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def progress_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A short form for each item that the person may report on; one is sent at a time."""
    plan_or_404(request, pk)
    if request.method != "POST":
        return _render(request, pk)
    item = whole_number(request.POST.get("item", ""))
    said = {name: request.POST.get(name, "").strip() for name in ("progress", "confidence", "why")}
    try:
        run_command(person_of(request), plan_stream(pk), "item.report", {"item": item, **said})
    except Refused as refusal:
        return _render(request, pk, item, refusal)
    messages.success(request, str(FORMS["report"].done))
    return redirect("plans:progress", pk)


def _render(request: HttpRequest, pk: int, item: int = 0, refusal: Refused | None = None) -> HttpResponse:
    person = person_of(request)
    head, sight = read_plan(person, pk)
    page = {
        "head": head,
        **head_of(person, sight),
        "groups": _reportable(sight, item),
        "progresses": Progress.choices,
        "confidences": [(value, confidence_mark(value)) for value in Confidence.values],
        "turned": turned_down("report", refusal, request.POST) if refusal else None,
        "typed": request.POST,
    }
    status = STATUS[refusal.code] if refusal else 200
    return render(request, "challenges/plans/progress.html", page, status=status)


def _reportable(sight: Sight, opened: int) -> list[ProgressGroup]:
    """What one answers for oneself first; of each what is not complete, the earliest date first."""
    rows = [item_row(sight, item) for item, _depth in sight.tree if sight.may_report(item)]
    rows = sorted((row for row in rows if row.progress), key=lambda row: (_is_done(row), _until(row)))
    entries = [(row, not row.has_proof, row.item.id == opened) for row in rows]
    groups = [
        ProgressGroup("own", _("You answer for these"), [each for each in entries if each[0].is_mine]),
        ProgressGroup(
            "team", _("Colleagues answer for these"), [each for each in entries if not each[0].is_mine]
        ),
    ]
    return [group for group in groups if group.rows]


def _is_done(row: ItemRow) -> bool:
    return row.item.progress == Progress.COMPLETE


def _until(row: ItemRow) -> str:
    until = row.item.due.until if row.item.due else None
    return until.isoformat() if until else "~"
