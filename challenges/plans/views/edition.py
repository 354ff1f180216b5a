"""The plans of an edition across institutions and countries: how the whole stands, and each at a glance."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from openpyxl import Workbook

from challenges.plans.exchange.writing import add_sheet, harmless, saved
from challenges.plans.models import Confidence, Plan, PlanState
from challenges.plans.queries.edition import (
    ORDERS,
    edition_plans,
    in_order,
    whole_of,
    with_standing,
)
from challenges.plans.queries.funnel import funnel_of
from challenges.plans.queries.near import readable_reports
from challenges.plans.reporting.edition import edition_for
from challenges.plans.timeliness import timeliness_of, today_in
from challenges.plans.views.funnel import steps_of
from challenges.plans.words import Mark, confidence_mark, day_words, days_badge, state_badge
from challenges.words import Badge
from synergy.cohorts.models import Cohort, Edition, Seat
from synergy.cohorts.queries import seats_of
from synergy.cohorts.rules import can_moderate
from synergy.people.models import Country
from synergy.people.views import person_of

PAGE = 25
"""Rows."""
COLUMNS: tuple[tuple[str, Promise], ...] = (
    ("institution", gettext_lazy("Institution")),
    ("plan", gettext_lazy("Plan")),
    ("state", gettext_lazy("State")),
    ("own", gettext_lazy("Own view")),
    ("shadow", gettext_lazy("Shadow view")),
    ("overdue", gettext_lazy("Overdue")),
    ("next", gettext_lazy("Next due")),
    ("changed", gettext_lazy("Last change")),
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Ask:
    """What the form and the heads of the columns ask for; empty is all."""

    country: str = ""
    words: str = ""
    state: str = ""
    confidence: str = ""
    late: str = ""
    sort: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Ask:
        def known(name: str, values: Iterable[str]) -> str:
            return value if (value := query.get(name, "")) in values else ""

        return cls(
            country=known("country", Country.values),
            words=query.get("words", "").strip()[:100].replace("\x00", ""),
            state=known("state", PlanState.values),
            confidence=known("confidence", Confidence.values),
            late=known("late", ["1"]),
            sort=known("sort", [*ORDERS, *(f"-{name}" for name in ORDERS)]),
        )

    @property
    def is_filtered(self) -> bool:
        return any([self.country, self.words, self.state, self.confidence, self.late])

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in vars(self).items() if value})


@dataclass(frozen=True)
class Head:
    """The head of a column, which is a link that sorts by it. `direction` is the value of aria-sort."""

    name: str
    label: Promise
    query: str
    direction: str


@dataclass(frozen=True)
class Row:
    plan: Plan
    state: Badge
    own: Mark | None
    shadow: Mark | None
    overdue: int
    next_title: str
    next_badge: Badge | None
    next_on: str


@never_cache
@login_required
@require_safe
def edition_page(request: HttpRequest, pk: int) -> HttpResponse:
    now, ask = timezone.now(), Ask.of(request.GET)
    seats, edition, plans = _seen(request, pk)
    rows = Paginator(_asked(plans, ask, now, readable_reports(person_of(request), seats)), PAGE)
    page = rows.get_page(request.GET.get("page"))
    cohorts = list(Cohort.objects.filter(edition=edition).values_list("pk", flat=True))
    led = {seat.cohort_id for seat in seats if can_moderate(seat)}
    shown: dict[str, Any] = {
        "edition": edition,
        "ask": ask,
        "page": page,
        "rows": [_row(plan, now) for plan in page.object_list],
        "heads": _heads(ask),
        "sees_all": led.issuperset(cohorts),
        "whole": whole_of(plans, edition, now),
        "steps": steps_of(funnel_of(person_of(request), plans, edition)),
        "countries": Country.choices,
        "states": PlanState.choices,
        "levels": Confidence.choices,
    }
    return render(request, "challenges/plans/edition.html", shown)


@never_cache
@login_required
@require_safe
def edition_table(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The rows that are asked for, all of them, as a file. `form`: csv | xlsx."""
    now = timezone.now()
    seats, edition, plans = _seen(request, pk)
    if form not in ("csv", "xlsx"):
        raise Http404
    found = _asked(plans, Ask.of(request.GET), now, readable_reports(person_of(request), seats))
    heads, rows = _file_heads(), [_cells(plan) for plan in found]
    content = _as_csv(heads, rows) if form == "csv" else _as_workbook(heads, rows)
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8" if form == "csv" else XLSX,
        headers={
            "Content-Disposition": f'attachment; filename="plans-edition-{edition.number}.{form}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _seen(request: HttpRequest, pk: int) -> tuple[list[Seat], Edition, QuerySet[Plan]]:
    person = person_of(request)
    edition = edition_for(person, pk)
    if edition is None:
        raise Http404
    seats = list(seats_of(person))
    return seats, edition, edition_plans(person, seats, edition)


def _asked(plans: QuerySet[Plan], ask: Ask, now: datetime, readable: Q) -> QuerySet[Plan]:
    found: QuerySet[Any] = with_standing(plans, now, readable)
    if ask.country:
        found = found.filter(institution__country=ask.country)
    if ask.words:
        found = found.filter(institution__name__icontains=ask.words)
    if ask.state:
        found = found.filter(state=ask.state)
    if ask.confidence:
        found = found.filter(Q(own=ask.confidence) | Q(shadow=ask.confidence))
    if ask.late:
        found = found.filter(overdue__gt=0)
    return in_order(found, ask.sort.removeprefix("-"), is_down=ask.sort.startswith("-"))


def _heads(ask: Ask) -> list[Head]:
    heads = []
    for name, label in COLUMNS:
        direction = {name: "ascending", f"-{name}": "descending"}.get(ask.sort, "none")
        then = f"-{name}" if direction == "ascending" else name
        heads.append(Head(name, label, replace(ask, sort=then).query, direction))
    return heads


def _row(plan: Any, now: datetime) -> Row:
    today = today_in(plan.time_zone, now)
    until: date | None = plan.next_due
    return Row(
        plan=plan,
        state=state_badge(plan.state),
        own=confidence_mark(plan.own),
        shadow=confidence_mark(plan.shadow),
        overdue=plan.overdue,
        next_title=plan.next_title or "",
        next_badge=days_badge(timeliness_of("", until, today), until, today) if until else None,
        next_on=day_words(until) if until else "",
    )


def _file_heads() -> list[str]:
    first, *rest = (str(label) for _name, label in COLUMNS)
    return [first, _("Country"), *rest]


def _cells(plan: Any) -> list[Any]:
    own, shadow = confidence_mark(plan.own), confidence_mark(plan.shadow)
    return [
        plan.institution.name,
        plan.institution.country,
        str(plan),
        str(PlanState(plan.state).label),
        str(own.label) if own else "",
        str(shadow.label) if shadow else "",
        plan.overdue,
        plan.next_due,
        timezone.localtime(plan.changed_at).date(),
    ]


def _as_csv(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """As plans are written: UTF-8 with a mark by which Excel knows it, semicolons, formulas made harmless."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in [heads, *rows]:
        writer.writerow([harmless(value) if isinstance(value, str) else value for value in row])
    return ("\ufeff" + out.getvalue()).encode()


def _as_workbook(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    add_sheet(book, _("Plans"), heads, rows)
    return saved(book)
