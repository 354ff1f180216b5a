"""From a challenge to what was done: how many challenges of an edition came how far, and which."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from challenges.consultations.models import Answer, Consultation, Recommendation, RunState
from challenges.models import Challenge, State
from challenges.plans.models import Item, Kind, Plan, PlanState, Progress
from challenges.queries import visible_challenges
from synergy.alphabet import alphabetical
from synergy.cohorts.models import Edition
from synergy.people.models import Person

TAKEN_UP = (Answer.ACCEPTED, Answer.ADAPTED)


class Stage(StrEnum):
    """How far a challenge came."""

    SUBMITTED = "submitted"
    CONSULTED = "consulted"
    TAKEN_UP = "taken_up"
    IN_PLAN = "in_plan"
    MILESTONE = "milestone"
    DONE = "done"


def funnel_of(person: Person, plans: QuerySet[Plan], edition: Edition) -> dict[Stage, int]:
    """{stage: how many of `challenges_at` there are}. One query beside those for what the person may see."""
    rows = _marked(person, plans, edition)
    counts = {stage.value: Count("pk", filter=Q(**{f"is_{stage}": True})) for stage in Stage}
    return {Stage(stage): number for stage, number in rows.aggregate(**counts).items()}


def challenges_at(
    person: Person, plans: QuerySet[Plan], edition: Edition, stage: Stage
) -> QuerySet[Challenge]:
    """The challenges of the edition that came so far, as far as the person may see them and what followed.

    `plans`: those of the edition that the person may see. With institutions, by country and name.
    """
    rows = _marked(person, plans, edition).filter(**{f"is_{stage}": True}).select_related("institution")
    return rows.order_by("institution__country", alphabetical("institution__name"), "pk")


def plans_from(challenges: Collection[int], plans: QuerySet[Plan]) -> dict[int, list[Plan]]:
    """{challenge: those of `plans` that come from it}. Two queries."""
    found: dict[int, list[Plan]] = {}
    for plan in plans.filter(challenge__in=challenges).order_by("pk"):
        found.setdefault(plan.challenge_id or 0, []).append(plan)
    items = Item.objects.filter(recommendation__challenge__in=challenges, removed_at__isnull=True)
    seen = items.filter(plan__in=plans.order_by().values("pk")).order_by("plan").select_related("plan")
    for item in seen.select_related("plan", "recommendation"):
        assert item.recommendation is not None
        known = found.setdefault(item.recommendation.challenge_id, [])
        if item.plan not in known:
            known.append(item.plan)
    return found


def _marked(person: Person, plans: QuerySet[Plan], edition: Edition) -> QuerySet[Challenge]:
    """The submitted ones, with `is_` for each stage."""
    seen = visible_challenges(person).order_by().values("pk")
    rows = Challenge.objects.filter(pk__in=seen, cohort__edition=edition, submitted_at__isnull=False)
    here = {"challenge": OuterRef("pk")}
    finished = Consultation.objects.filter(**here, state=RunState.FINISHED)
    advice = Recommendation.objects.filter(**here, consultation__state=RunState.FINISHED, state__in=TAKEN_UP)
    own = Plan.objects.filter(**here, pk__in=plans.order_by().values("pk"))
    from_advice = Item.objects.filter(
        recommendation__challenge=OuterRef("pk"),
        removed_at__isnull=True,
        plan__in=plans.order_by().values("pk"),
    )
    reached = Q(kind=Kind.MILESTONE, removed_at__isnull=True, progress=Progress.COMPLETE)
    has_reached = Item.objects.filter(reached, plan=OuterRef("pk"))
    beside = Item.objects.filter(reached, plan=OuterRef("plan"))
    return rows.annotate(
        is_submitted=Q(submitted_at__isnull=False),
        is_consulted=Exists(finished),
        is_taken_up=Exists(advice),
        # That it is in a plan stands on its own page; how far the plan is, only who may read that one knows.
        is_in_plan=Q(state=State.IN_PLAN) | Exists(own) | Exists(from_advice),
        is_milestone=Exists(own.filter(Exists(has_reached))) | Exists(from_advice.filter(Exists(beside))),
        is_done=Exists(own.filter(state=PlanState.DONE))
        | Exists(from_advice.filter(plan__state=PlanState.DONE)),
    )
