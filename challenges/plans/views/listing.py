"""All plans that one may see: those of one's own institution first, each at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from challenges.plans.models import Item, Kind, Plan, PlanState, Progress, Report, ReportState, Voice
from challenges.plans.queries import plans_for
from challenges.plans.queries.plans import cohorts_to_plan_in
from challenges.plans.rules import is_consultant, is_own, is_school
from challenges.plans.timeliness import Timeliness, timeliness_of, today_in
from challenges.plans.words import Mark, confidence_mark, days_badge, readers_badge, state_badge
from challenges.words import Badge
from synergy.cohorts.queries import seats_of
from synergy.cohorts.rules import can_moderate
from synergy.people.models import Person
from synergy.people.views import person_of

MOVING = (PlanState.APPROVED,)
"""The states in which lateness and what comes next are worth a word."""


@dataclass
class Glance:
    """How a plan stands."""

    milestones: int = 0
    done: int = 0
    overdue: int = 0
    coming: list[tuple[date, bool, str, Timeliness]] = field(default_factory=list)
    """Of each its last day, whether it is something else than a milestone, its title and standing."""


@dataclass(frozen=True)
class Entry:
    """A plan in the list. `following` is what comes next, with its day."""

    plan: Plan
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
    name: str
    title: Promise
    entries: list[Entry]


@never_cache
@login_required
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    plans, seats = plans_for(person), list(seats_of(person))
    page = {
        "groups": _groups(person, plans, entries_of(plans)),
        "cohorts": cohorts_to_plan_in(person),
        "has_seat": bool(seats),
        "edition": seats[0].cohort.edition if seats else None,
        # Of the newest edition: to make periods, and to print all of its plans.
        "moderated": [seat.cohort for seat in seats if can_moderate(seat)][:1],
    }
    return render(request, "challenges/plans/list.html", page)


def entries_of(plans: Sequence[Plan]) -> list[Entry]:
    """In the same order. Two queries, however many plans there are."""
    glances, judged = _glances(plans), _judged(plans)
    return [_entry(plan, glances[plan.pk], judged.get(plan.pk, {})) for plan in plans]


def _glances(plans: Sequence[Plan]) -> dict[int, Glance]:
    now = timezone.now()
    today = {plan.pk: today_in(plan.time_zone, now) for plan in plans}
    found = {plan.pk: Glance() for plan in plans}
    rows = Item.objects.filter(plan__in=found, removed_at__isnull=True).exclude(
        kind__in=[Kind.RISK, Kind.ASSUMPTION]
    )
    for plan_id, kind, title, progress, until in rows.values_list(
        "plan", "kind", "title", "progress", "due_until"
    ):
        glance, standing = found[plan_id], timeliness_of(progress, until, today[plan_id])
        glance.milestones += kind == Kind.MILESTONE
        glance.done += kind == Kind.MILESTONE and progress == Progress.COMPLETE
        glance.overdue += standing == Timeliness.OVERDUE
        if until is not None and standing in (Timeliness.ON_TIME, Timeliness.DUE_SOON):
            glance.coming.append((until, kind != Kind.MILESTONE, title, standing))
    return found


def _judged(plans: Sequence[Plan]) -> dict[int, dict[str, str]]:
    """{plan: {voice: confidence}} of the newest approved reports."""
    rows = Report.objects.filter(plan__in=[plan.pk for plan in plans], state=ReportState.APPROVED)
    found: dict[int, dict[str, str]] = {}
    for plan_id, voice, confidence in (
        rows.exclude(confidence="").order_by("period__ends", "pk").values_list("plan", "voice", "confidence")
    ):
        found.setdefault(plan_id, {})[voice] = confidence
    return found


def _entry(plan: Plan, glance: Glance, judged: dict[str, str]) -> Entry:
    is_moving = plan.state in MOVING
    until, _other, title, standing = min(glance.coming, default=(None, False, "", Timeliness.NO_DATE))
    today = today_in(plan.time_zone, timezone.now())
    late = ngettext("%(count)d overdue", "%(count)d overdue", glance.overdue) % {"count": glance.overdue}
    return Entry(
        plan=plan,
        state=state_badge(plan.state),
        readers=readers_badge(plan.audience),
        progress=_progress_words(glance),
        overdue=late if glance.overdue and is_moving else "",
        following=title if is_moving else "",
        following_badge=days_badge(standing, until, today) if until and is_moving else None,
        own=confidence_mark(judged.get(Voice.OWN, "")),
        shadow=confidence_mark(judged.get(Voice.SHADOW, "")),
    )


def _progress_words(glance: Glance) -> str:
    if not glance.milestones:
        return str(_("No milestones yet"))
    words = ngettext(
        "%(done)d of %(all)d milestone done", "%(done)d of %(all)d milestones done", glance.milestones
    )
    return words % {"done": glance.done, "all": glance.milestones}


def _groups(person: Person, plans: Sequence[Plan], entries: Sequence[Entry]) -> list[Group]:
    groups = [
        Group("waiting", _("Waiting for you"), []),
        Group("own", _("Of your institution"), []),
        Group("advised", _("You are the consultant"), []),
        Group("others", _("Of other institutions"), []),
    ]
    for plan, entry in zip(plans, entries, strict=True):
        groups[_group(person, plan)].entries.append(entry)
    return groups


def _group(person: Person, plan: Plan) -> int:
    if is_own(person, plan):
        return 1
    if is_school(person, plan) and plan.state == PlanState.PROPOSED:
        return 0
    return 2 if is_consultant(person, plan) else 3
