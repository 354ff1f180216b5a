"""The plans of an edition across institutions and countries: how the whole stands, and each at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from challenges.plans.models import Confidence, Plan, PlanState
from challenges.plans.queries.edition import (
    ORDERS,
    edition_plans,
    in_order,
    views_of,
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
from synergy.alphabet import in_alphabet
from synergy.cohorts.models import Cohort, Edition, Seat
from synergy.cohorts.queries import seats_of
from synergy.cohorts.rules import can_moderate
from synergy.people.models import Country
from synergy.people.views import person_of

PAGE = 25
"""Rows."""
NOT_JUDGED = "none"
"""In the address, for plans that nobody has judged yet."""
WORST_DOWN = ("overdue",)
"""Columns of which the first press shows the largest number first."""
COLUMNS: tuple[tuple[str, Promise], ...] = (
    ("institution", gettext_lazy("Institution")),
    ("plan", gettext_lazy("Plan")),
    ("state", gettext_lazy("State")),
    ("own", gettext_lazy("Own view")),
    ("shadow", gettext_lazy("Shadow view")),
    ("milestones", gettext_lazy("Milestones done, of all")),
    ("overdue", gettext_lazy("Overdue")),
    ("next", gettext_lazy("Next due")),
    ("changed", gettext_lazy("Last change")),
)


@dataclass(frozen=True)
class Ask:
    """What the form and the heads of the columns ask for; empty is all."""

    country: str = ""
    words: str = ""
    state: str = ""
    confidence: str = ""
    own: str = ""
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
            own=known("own", [*Confidence.values, NOT_JUDGED]),
            late=known("late", ["1"]),
            sort=known("sort", [*ORDERS, *(f"-{name}" for name in ORDERS)]),
        )

    @property
    def is_filtered(self) -> bool:
        return any([self.country, self.words, self.state, self.confidence, self.own, self.late])

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
class Dated:
    """Something of a plan with its date."""

    title: str
    address: str
    badge: Badge
    on: str


@dataclass(frozen=True)
class Row:
    plan: Plan
    state: Badge
    own: Mark | None
    shadow: Mark | None
    overdue: int
    late: Dated | None
    """What is late the longest."""
    next: Dated | None


@never_cache
@login_required
@require_safe
def edition_page(request: HttpRequest, pk: int) -> HttpResponse:
    now, ask = timezone.now(), Ask.of(request.GET)
    seats, edition, plans = seen(request, pk)
    readable = readable_reports(person_of(request), seats)
    page = Paginator(asked_for(plans, ask, now, readable), PAGE).get_page(request.GET.get("page"))
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
        "views": _views(views_of(with_standing(plans, now, readable))),
        "steps": steps_of(funnel_of(person_of(request), plans, edition)),
        "countries": sorted(Country.choices, key=lambda choice: in_alphabet(str(choice[1]))),
        "states": PlanState.choices,
        "levels": Confidence.choices,
    }
    return render(request, "challenges/plans/edition.html", shown)


def seen(request: HttpRequest, pk: int) -> tuple[list[Seat], Edition, QuerySet[Plan]]:
    person = person_of(request)
    edition = edition_for(person, pk)
    if edition is None:
        raise Http404
    seats = list(seats_of(person))
    return seats, edition, edition_plans(person, seats, edition)


def asked_for(plans: QuerySet[Plan], ask: Ask, now: datetime, readable: Q) -> QuerySet[Plan]:
    found: QuerySet[Any] = with_standing(plans, now, readable)
    if ask.country:
        found = found.filter(institution__country=ask.country)
    if ask.words:
        found = found.filter(institution__name__icontains=ask.words)
    if ask.state:
        found = found.filter(state=ask.state)
    if ask.confidence:
        found = found.filter(Q(own=ask.confidence) | Q(shadow=ask.confidence))
    if ask.own:
        found = found.filter(own="" if ask.own == NOT_JUDGED else ask.own)
    if ask.late:
        found = found.filter(overdue__gt=0)
    return in_order(found, ask.sort.removeprefix("-"), is_down=ask.sort.startswith("-"))


def _heads(ask: Ask) -> list[Head]:
    heads = []
    for name, label in COLUMNS:
        direction = {name: "ascending", f"-{name}": "descending"}.get(ask.sort, "none")
        begins, turns = (f"-{name}", name) if name in WORST_DOWN else (name, f"-{name}")
        then = turns if ask.sort == begins else begins
        heads.append(Head(name, label, replace(ask, sort=then).query, direction))
    return heads


def _views(counts: dict[str, int]) -> list[tuple[str, Mark | None, int]]:
    """How likely the plans are judged, the worst last: value in the address, mark and number of plans."""
    views = [(level, confidence_mark(level), counts.get(level, 0)) for level in Confidence.values]
    return [*views, (NOT_JUDGED, None, counts.get("", 0))]


def _row(plan: Any, now: datetime) -> Row:
    today = today_in(plan.time_zone, now)
    return Row(
        plan=plan,
        state=state_badge(plan.state),
        own=confidence_mark(plan.own),
        shadow=confidence_mark(plan.shadow),
        overdue=plan.overdue,
        late=_dated(plan, "late", today),
        next=_dated(plan, "next", today),
    )


def _dated(plan: Any, which: Literal["late", "next"], today: date) -> Dated | None:
    until: date | None = getattr(plan, f"{which}_due")
    if until is None:
        return None
    return Dated(
        title=getattr(plan, f"{which}_title"),
        address=reverse("plans:item", args=[plan.pk, getattr(plan, f"{which}_item")]),
        badge=days_badge(timeliness_of("", until, today), until, today),
        on=day_words(until),
    )
