"""A new plan: from the advice that was taken up, from a next step of an Open Space topic, or empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from challenges.consultations.models import Answer
from challenges.models import Challenge
from challenges.plans.actions import begin_plan, plan_from_challenge, plan_from_topic
from challenges.plans.models import Plan, PlanState
from challenges.plans.queries.next_steps import is_for, sides_of
from challenges.plans.queries.plans import cohorts_to_plan_in
from challenges.plans.words import day_words
from challenges.queries import challenge_for
from sessions.openspace.events import NextStep
from sessions.openspace.models import Topic, TopicReport
from sessions.openspace.queries import topic_for
from synergy.cohorts.models import Seat
from synergy.cohorts.queries import seats_of
from synergy.live.field_forms import whole_number
from synergy.live.refusals import STATUS, Refused
from synergy.people.models import Person
from synergy.people.views import person_of

TOPICS = 30
"""The newest topics with next steps that are offered."""


@dataclass(frozen=True)
class Source:
    """A topic with its next steps, each with its place in the report and its day in words."""

    topic: Topic
    steps: list[tuple[int, NextStep, str]]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`?challenge=` or `?topic=` puts one of them first."""
    person = person_of(request)
    if request.method != "POST":
        return _render(request, person, None)
    try:
        plan = _begin(request, person)
    except Refused as refusal:
        return _render(request, person, refusal)
    if plan.state != PlanState.DRAFT:
        return redirect("plans:plan", plan.pk)
    if plan.items.exists():
        words = _(
            "This draft is made of what you took up. Only your institution sees it until you propose it."
        )
        messages.success(request, words)
    return redirect("plans:edit", plan.pk)


def _begin(request: HttpRequest, person: Person) -> Plan:
    now = timezone.now()
    challenge, topic = (whole_number(request.POST.get(name, "")) for name in ("challenge", "topic"))
    if challenge:
        return plan_from_challenge(person=person, challenge=_challenge(person, challenge), now=now)
    if topic:
        step = whole_number(request.POST.get("step", ""))
        return plan_from_topic(person=person, topic=_topic(person, topic), step=step, now=now)
    chosen = request.POST.get("cohort", "")
    cohorts = [each for each in cohorts_to_plan_in(person) if chosen in ("", str(each.pk))]
    if not cohorts:
        raise Http404
    return begin_plan(person=person, cohort=cohorts[0], now=now)


def _challenge(person: Person, pk: int) -> Challenge:
    challenge = challenge_for(person, pk)
    if challenge is None:
        raise Http404
    return challenge


def _topic(person: Person, pk: int) -> Topic:
    topic = topic_for(person, pk)
    if topic is None:
        raise Http404
    return topic


def _render(request: HttpRequest, person: Person, refusal: Refused | None) -> HttpResponse:
    cohorts = cohorts_to_plan_in(person)
    seats = [seat for seat in seats_of(person) if seat.cohort in cohorts]
    page: dict[str, Any] = {
        "cohorts": cohorts,
        "challenges": _challenges(seats, whole_number(request.GET.get("challenge", ""))),
        "sources": _sources(seats, whole_number(request.GET.get("topic", ""))),
        "problem": refusal.detail if refusal else "",
    }
    status = STATUS[refusal.code] if refusal else 200
    return render(request, "challenges/plans/new.html", page, status=status)


def _challenges(seats: Sequence[Seat], chosen: int) -> list[Challenge]:
    """Of one's institution, with `taken_up`: how many recommendations it took up. The chosen one first."""
    own = Q(pk__in=[])
    for seat in seats:
        own |= Q(cohort=seat.cohort_id, institution=seat.institution_id)
    taken_up = Q(recommendations__state__in=[Answer.ACCEPTED, Answer.ADAPTED])
    rows = Challenge.objects.filter(own).annotate(taken_up=Count("recommendations", filter=taken_up))
    found = rows.filter(Q(taken_up__gt=0) | Q(pk=chosen)).order_by("-changed_at")
    return sorted(found, key=lambda challenge: challenge.pk != chosen)


def _sources(seats: Sequence[Seat], chosen: int) -> list[Source]:
    """The newest topics with next steps for one's institution, or the chosen one. Three queries."""
    cohorts = [seat.cohort_id for seat in seats]
    rows = TopicReport.objects.filter(topic__gathering__training_session__cohort__in=cohorts)
    rows = rows.exclude(next_steps=[]).select_related("topic__gathering__training_session")
    rows = rows.prefetch_related("topic__co_conveners").order_by("-topic__pk")
    if chosen:
        rows = rows.filter(topic=chosen)
    own = {seat.cohort_id: seat.institution_id for seat in seats}
    sides = sides_of(own)
    found = []
    for report in rows:
        topic = report.topic
        side = sides[topic.gathering.training_session.cohort_id]
        steps = [step for step in _steps(report) if is_for(side, report, step[1])]
        found += [Source(topic, steps)] if steps else []
    return found[:TOPICS]


def _steps(report: TopicReport) -> list[tuple[int, NextStep, str]]:
    steps = msgspec.convert(report.next_steps, list[NextStep])
    return [
        (at, step, day_words(date.fromisoformat(step.when)) if step.when else "")
        for at, step in enumerate(steps)
    ]
