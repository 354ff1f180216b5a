"""The plans that one may see, page by page: what waits for an answer, then one's own, each at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from challenges.plans.models import Plan, PlanState, RequestField
from challenges.plans.queries.edition import with_standing
from challenges.plans.queries.listed import (
    Place,
    asked_of,
    counts_of,
    milestones_of,
    most_urgent_first,
    placed,
    thrown_away,
)
from challenges.plans.queries.near import readable_reports
from challenges.plans.queries.plans import cohorts_to_plan_in, visible_plans
from challenges.plans.timeliness import timeliness_of, today_in
from challenges.plans.views.asked import Asked
from challenges.plans.words import Mark, confidence_mark, days_badge, readers_badge, state_badge
from challenges.words import Badge
from synergy.cohorts.models import Role, Seat
from synergy.cohorts.queries import seats_of
from synergy.cohorts.rules import can_moderate
from synergy.people.models import Person
from synergy.people.views import person_of

PAGE = 24
"""Plans on a page."""
_TITLES: dict[Place, Promise] = {
    Place.WAITING: _("Waiting for you"),
    Place.OWN: _("Of your institution"),
    Place.ADVISED: _("You are the consultant"),
    Place.OTHERS: _("Of other institutions"),
}
_WAITS: dict[str, Promise] = {
    PlanState.DRAFT: _("A draft: write it with your colleagues, then propose it."),
    PlanState.RETURNED: _("The school has questions: answer them in the plan, then propose it again."),
    PlanState.PROPOSED: _("Proposed: approve it, or return it with questions."),
}


@dataclass(frozen=True)
class Entry:
    """A plan in the list. `following` is what comes next, with its day."""

    plan: Plan
    waits: str
    """What waits for who looks; empty when nothing does."""
    state: Badge
    readers: Badge
    progress: str
    overdue: str
    following: str
    following_badge: Badge | None
    own: Mark | None
    shadow: Mark | None


@dataclass(frozen=True)
class Group:
    """`count`: on all pages."""

    name: str
    title: Promise
    count: int
    entries: list[Entry]


@never_cache
@login_required
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), timezone.now()
    asked = Asked.of(request.GET, state=PlanState.values)
    seats = list(seats_of(person))
    plans = _asked(placed(visible_plans(person, seats), person, seats), asked)
    counts = counts_of(plans, "place")
    rows = most_urgent_first(with_standing(plans, now, readable_reports(person, seats)))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown: dict[str, Any] = {
        "groups": _groups(list(page), counts, now),
        "has_views": any(plan.own or plan.shadow for plan in page),
        "page": page,
        "asked": asked,
        "states": PlanState.choices,
        "is_found": bool(counts),
        "may_ask": bool(counts) or asked.is_filtered,
        **_doors(person, seats),
    }
    return render(request, "challenges/plans/list.html", shown)


def _asked(plans: QuerySet[Plan], asked: Asked) -> QuerySet[Plan]:
    if asked.words:
        plans = plans.filter(Q(title__icontains=asked.words) | Q(institution__name__icontains=asked.words))
    state = asked.chosen.get("state")
    return plans.filter(state=state) if state else plans.exclude(thrown_away())


def _doors(person: Person, seats: Sequence[Seat]) -> dict[str, Any]:
    return {
        "cohorts": cohorts_to_plan_in(person),
        "has_seat": bool(seats),
        "may_be_due": any(seat.role != Role.OBSERVER for seat in seats),
        "edition": seats[0].cohort.edition if seats else None,
        # Of the newest edition: to make periods, and to print all of its plans.
        "moderated": [seat.cohort for seat in seats if can_moderate(seat)][:1],
    }


def _groups(plans: Sequence[Any], counts: dict[int, int], now: datetime) -> list[Group]:
    """One for each place; on a page one may be empty though there are some. Two queries at most."""
    steps = milestones_of([plan.pk for plan in plans])
    asked = asked_of([plan.pk for plan in plans if plan.place == Place.WAITING])
    groups = [Group(place.name.lower(), title, counts.get(place, 0), []) for place, title in _TITLES.items()]
    for plan in plans:
        groups[plan.place].entries.append(
            _entry(plan, steps.get(plan.pk, (0, 0)), asked.get(plan.pk, []), now)
        )
    return groups


def _entry(plan: Any, steps: tuple[int, int], asked: Sequence[str], now: datetime) -> Entry:
    """Of a plan `with_standing`."""
    today = today_in(plan.time_zone, now)
    until = plan.next_due
    late = ngettext("%(count)d overdue", "%(count)d overdue", plan.overdue) % {"count": plan.overdue}
    return Entry(
        plan=plan,
        waits=_waits(plan.state, asked) if plan.place == Place.WAITING else "",
        state=state_badge(plan.state),
        readers=readers_badge(plan.audience),
        progress=_progress_words(*steps),
        overdue=late if plan.overdue else "",
        following=plan.next_title or "",
        following_badge=days_badge(timeliness_of("", until, today), until, today) if until else None,
        own=confidence_mark(plan.own),
        shadow=confidence_mark(plan.shadow),
    )


def _waits(state: str, asked: Sequence[str]) -> str:
    if state in _WAITS:
        return str(_WAITS[state])
    words = ngettext(
        "%(count)d change to decide: %(what)s", "%(count)d changes to decide: %(what)s", len(asked)
    )
    names = dict.fromkeys(str(RequestField(field).label) for field in asked)
    return words % {"count": len(asked), "what": ", ".join(names)}


def _progress_words(done: int, milestones: int) -> str:
    if not milestones:
        return str(_("No milestones yet"))
    words = ngettext("%(done)d of %(all)d milestone done", "%(done)d of %(all)d milestones done", milestones)
    return words % {"done": done, "all": milestones}
