"""The rows of a plan that its reader may take out: what the pages show to this person, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from challenges.consultations.queries import recommendations_for
from challenges.plans.events import PlanSnapshot
from challenges.plans.models import ChangeRequest, Item, Plan, Reading, Report, Update
from challenges.plans.reporting.rules import can_read, is_near
from challenges.queries import challenge_for
from synergy.people.models import Person

_SIGNED = (
    "by",
    "corrected_by",
    "answered_by",
    "closed_by",
    "approved_by",
    "created_by",
    "submitted_by",
    "owner",
)


class Shown:
    """Rows in the order of the document. All of them for no reader.

    Who does not follow the reporting gets the approved reports, their periods and no names of who wrote them,
    and neither stocktakes nor baselines.
    """

    def __init__(self, plan: Plan, reader: Person | None) -> None:
        self.plan = plan
        self.is_near = reader is None or is_near(reader, plan)
        self.items = in_tree_order(
            plan.items.select_related("recommendation").prefetch_related("contributors")
        )
        self.readings = list(Reading.objects.filter(item__plan=plan).order_by("on", "pk"))
        self.updates = list(Update.objects.filter(item__plan=plan).order_by("at", "pk"))
        self.evidence = list(plan.evidence.order_by("at", "title", "pk").prefetch_related("items"))
        self.requests = list(ChangeRequest.objects.filter(item__plan=plan).order_by("at", "pk"))
        self.steps = list(plan.steps.order_by("at", "pk"))
        reports = plan.reports.select_related("period").prefetch_related("entries")
        self.reports = [
            report
            for report in reports.order_by("period__starts", "period__name", "voice")
            if reader is None or can_read(reader, _with_seat(report, plan))
        ]
        said = {report.period_id for report in self.reports}
        periods = plan.periods.order_by("starts", "name")
        self.periods = [period for period in periods if self.is_near or period.pk in said]
        reviews = plan.reviews.order_by("at", "pk").prefetch_related("decisions")
        self.reviews = list(reviews) if self.is_near else []
        self.baselines = list(plan.baselines.order_by("number")) if self.is_near else []
        self._advice = None if reader is None else _advice_for(reader, self.items)

    def advice_of(self, item: Item) -> str:
        """The recommendation that it carries out, with its number; empty where the reader may not read it."""
        advice = item.recommendation
        if advice is None or (self._advice is not None and advice.pk not in self._advice):
            return ""
        return f"{advice.number}: {advice.text}"

    def named(self) -> set[int]:
        """Ids of everybody whose name stands in it."""
        plan = self.plan
        named = {plan.owner_id, plan.consultant_id, plan.created_by_id, plan.approved_by_id}
        for item in self.items:
            named |= {item.owner_id, item.progress_by_id, *(each.pk for each in item.contributors.all())}
        rows: list[Any] = [*self.readings, *self.updates, *self.evidence, *self.requests, *self.steps]
        rows += [*self.reviews, *self.baselines, *(self.periods if self.is_near else [])]
        rows += self.reports if self.is_near else []
        rows += [decision for review in self.reviews for decision in review.decisions.all()]
        named |= {getattr(row, f"{name}_id", None) for row in rows for name in _SIGNED}
        held = [*(row.snapshot for row in self.baselines), *(row.snapshot for row in self.reviews)]
        for each in held:
            snapshot = msgspec.convert(each, PlanSnapshot)
            named |= {snapshot.owner, *(reading.by for reading in snapshot.readings)}
            named |= {reading.corrected_by for reading in snapshot.readings}
            for card in snapshot.items:
                named |= {card.owner, card.progress_by, *card.contributors}
        return {pk for pk in named if pk is not None}


def in_tree_order(items: Iterable[Item]) -> list[Item]:
    """Parents before children, each by its place."""
    under: dict[int | None, list[Item]] = {}
    for item in sorted(items, key=lambda each: (each.position, each.pk)):
        under.setdefault(item.parent_id, []).append(item)
    ordered: list[Item] = []
    waiting = list(reversed(under.get(None, [])))
    while waiting:
        item = waiting.pop()
        ordered.append(item)
        waiting.extend(reversed(under.get(item.pk, [])))
    return ordered


def _with_seat(report: Report, plan: Plan) -> Report:
    """The rules go by the seat that the plan was loaded with."""
    report.plan = plan
    return report


def _advice_for(reader: Person, items: Iterable[Item]) -> set[int]:
    """Ids of the recommendations that the reader may read, of the challenges that these items answer."""
    challenges = {item.recommendation.challenge_id for item in items if item.recommendation}
    seen = [challenge for pk in sorted(challenges) if (challenge := challenge_for(reader, pk))]
    return {row.pk for challenge in seen for row in recommendations_for(reader, challenge)}
