"""What is due for the person, in all plans; and how far what they answer for is, in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from challenges.plans.models import Confidence, Progress
from challenges.plans.queries import Due, due_for, plan_stream
from challenges.plans.reporting.queries import decisions_of
from challenges.plans.timeliness import Timeliness, today_in
from challenges.plans.views.plan import head_of
from challenges.plans.views.reading import plan_or_404, read_plan
from challenges.plans.views.rows import ItemRow, item_row
from challenges.plans.views.sight import Sight
from challenges.plans.words import confidence_mark, day_words, days_badge, progress_word
from challenges.words import Badge
from synergy.live.field_forms import tried, whole_number
from synergy.live.refusals import STATUS, Refused
from synergy.people.views import person_of

_TITLES: dict[Timeliness, Promise] = {
    Timeliness.OVERDUE: gettext_lazy("Overdue"),
    Timeliness.DUE_SOON: gettext_lazy("In the next 14 days"),
    Timeliness.ON_TIME: gettext_lazy("Later"),
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
    name: str
    title: Promise
    entries: list[DueEntry]


@dataclass(frozen=True)
class ProgressGroup:
    """`rows`: each with whether nothing proves it yet, and whether its form is open."""

    name: str
    title: str
    rows: list[tuple[ItemRow, bool, bool]]


@never_cache
@login_required
@require_safe
def due_page(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    found, decided = due_for(person, timezone.now()), decisions_of(person)
    page = {"groups": _groups(found), "decided": decided, "is_found": bool(found or decided)}
    return render(request, "challenges/plans/due.html", page)


def _groups(found: Sequence[Due]) -> list[DueGroup]:
    groups = [
        DueGroup(standing.value, title, [_entry(due) for due in found if due.timeliness == standing])
        for standing, title in _TITLES.items()
    ]
    return [group for group in groups if group.entries]


def _entry(due: Due) -> DueEntry:
    item = due.item
    today = today_in(item.plan.time_zone, timezone.now())
    return DueEntry(
        due=due,
        badge=days_badge(due.timeliness, item.due_until, today),
        day=day_words(item.due_until) if item.due_until else "",
        address=reverse("plans:item", args=[item.plan_id, item.pk]),
        progress=progress_word(item.progress),
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def progress_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A short form for each item that the person may report on; one is sent at a time."""
    plan_or_404(request, pk)
    if request.method != "POST":
        return _render(request, pk, 0, {})
    person, item = person_of(request), whole_number(request.POST.get("item", ""))
    said = {name: request.POST.get(name, "").strip() for name in ("progress", "confidence", "why")}
    refused = tried(person, plan_stream(pk), "item.report", {"item": item, **said}, "report")
    if refused:
        return _render(request, pk, item, refused)
    messages.success(request, _("Saved."))
    return redirect("plans:progress", pk)


def _render(request: HttpRequest, pk: int, item: int, refused: dict[str, Refused]) -> HttpResponse:
    person = person_of(request)
    head, sight = read_plan(person, pk)
    page = {
        "head": head,
        **head_of(person, sight),
        "groups": _reportable(sight, item),
        "progresses": Progress.choices,
        "confidences": [(value, confidence_mark(value)) for value in Confidence.values],
        "refused": {name: _said(refusal) for name, refusal in refused.items()},
        "typed": request.POST,
    }
    status = STATUS[next(iter(refused.values())).code] if refused else 200
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


def _said(refusal: Refused) -> str:
    return " ".join(refusal.fields.values()) if refusal.fields else refusal.detail
