"""What all pages of reports read and say on top."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404

from challenges.plans.models import Plan, Report
from challenges.plans.reporting.queries import report_for
from challenges.plans.views.plan import head_of
from challenges.plans.views.reading import read_plan
from challenges.plans.views.sight import Sight
from synergy.live.refusals import STATUS, Refused
from synergy.people.models import Person


def top_of(person: Person, plan: Plan) -> tuple[dict[str, Any], Sight]:
    """What a page has on top, and the plan as one sees it."""
    head, sight = read_plan(person, plan.pk)
    return {"head": head, **head_of(person, sight)}, sight


def report_or_404(person: Person, plan_pk: int, pk: int) -> Report:
    report = report_for(person, pk)
    if report is None or report.plan_id != plan_pk:
        raise Http404
    return report


def said(refused: Mapping[str, Refused]) -> dict[str, str]:
    """{form or field: what is wrong there}"""
    return {name: refusal.words for name, refusal in refused.items()}


def status_of(refused: Mapping[str, Refused]) -> int:
    return STATUS[next(iter(refused.values())).code] if refused else 200
