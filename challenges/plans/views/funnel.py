"""The challenges that a number of an edition's funnel counts."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from challenges.plans.queries.edition import edition_plans
from challenges.plans.queries.funnel import Stage, challenges_at, funnel_of, plans_from
from challenges.plans.reporting.edition import edition_for
from challenges.words import state_badge
from synergy.cohorts.queries import seats_of
from synergy.people.views import person_of

PAGE = 25
"""Rows."""
STAGES: dict[Stage, Promise] = {
    Stage.SUBMITTED: _("Challenges submitted"),
    Stage.CONSULTED: _("Challenges consulted"),
    Stage.TAKEN_UP: _("Challenges with a recommendation taken up"),
    Stage.IN_PLAN: _("Challenges in a plan"),
    Stage.MILESTONE: _("Challenges with a milestone reached in their plan"),
    Stage.DONE: _("Challenges whose plan is done"),
}


@never_cache
@login_required
@require_safe
def funnel_page(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    person = person_of(request)
    edition = edition_for(person, pk)
    if edition is None or stage not in list(Stage):
        raise Http404
    plans = edition_plans(person, list(seats_of(person)), edition)
    page = Paginator(challenges_at(person, plans, edition, Stage(stage)), PAGE).get_page(
        request.GET.get("page")
    )
    from_each = plans_from([challenge.pk for challenge in page], plans)
    shown: dict[str, Any] = {
        "edition": edition,
        "stage": stage,
        "title": STAGES[Stage(stage)],
        "steps": steps_of(funnel_of(person, plans, edition)),
        "page": page,
        "rows": [(challenge, state_badge(challenge), from_each.get(challenge.pk, [])) for challenge in page],
    }
    return render(request, "challenges/plans/funnel.html", shown)


def steps_of(counts: dict[Stage, int]) -> list[tuple[str, Promise, int]]:
    """Of each stage its name in the address, its title and how many came so far."""
    return [(stage.value, title, counts[stage]) for stage, title in STAGES.items()]
