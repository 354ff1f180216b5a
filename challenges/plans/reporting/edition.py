"""The plans of an edition across institutions, with few queries for any number of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from challenges.plans.cards import moment_of, number_text
from challenges.plans.drawing.path import Point
from challenges.plans.models import Item, Kind, Plan, PlanState, Progress
from challenges.plans.queries.due import last_readings
from challenges.plans.queries.edition import with_standing
from challenges.plans.queries.near import readable_reports
from challenges.plans.queries.plans import visible_plans
from challenges.plans.reporting.changes import is_met
from challenges.plans.reporting.rules import REPORTED
from challenges.plans.timeliness import Timeliness, timeliness_of, today_in
from challenges.plans.words import (
    Due,
    Mark,
    confidence_mark,
    day_words,
    days_badge,
    due_words,
    number_words,
    progress_word,
    state_badge,
)
from challenges.words import Badge
from sessions.openspace.proceedings.book import Prose
from synergy.alphabet import alphabetical
from synergy.cohorts.models import Edition
from synergy.cohorts.queries import seats_of
from synergy.people.models import Person


@dataclass(frozen=True)
class Line:
    """An objective or something late, as a line."""

    title: str
    owner: str
    due: Due | None
    progress: str
    confidence: Mark | None
    days: Badge
    """How late, or when."""


@dataclass(frozen=True)
class Measure:
    title: str
    baseline: str
    last: str
    last_on: str
    target: str
    is_reached: bool


@dataclass
class Sheet:
    """One plan. `done` and `steps` count milestones and deliverables, `due` and `due_done` the milestones that
    should be there by now. Both views are those of the page of the edition: see `queries.edition`."""

    plan: Plan
    state: Badge
    steps: int = 0
    done: int = 0
    due: int = 0
    due_done: int = 0
    late: list[Line] = field(default_factory=list)
    objectives: list[Line] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    own: Mark | None = None
    shadow: Mark | None = None

    @property
    def summary(self) -> Prose:
        return Prose(self.plan.summary, self.plan.language)

    @property
    def reached(self) -> int:
        return sum(each.is_reached for each in self.measures)


@dataclass(frozen=True)
class Totals:
    plans: int
    countries: int
    steps: int
    done: int
    due: int
    due_done: int
    late: int
    measures: int
    reached: int


def edition_for(person: Person, pk: int) -> Edition | None:
    """An edition in whose programme the person has a seat."""
    edition = Edition.objects.select_related("programme").filter(pk=pk).first()
    programmes = {seat.cohort.edition.programme_id for seat in seats_of(person)}
    return edition if edition is not None and edition.programme_id in programmes else None


def sheets_of(person: Person, edition: Edition, now: datetime) -> list[Sheet]:
    """Agreed plans that the person may read, by country and institution. Six queries."""
    seats = list(seats_of(person))
    rows = visible_plans(person, seats).filter(cohort__edition=edition, state__in=REPORTED)
    found = with_standing(rows.select_related("owner", "institution"), now, readable_reports(person, seats))
    plans = list(found.order_by("institution__country", alphabetical("institution__name"), "pk"))
    items: dict[int, list[Item]] = {}
    for item in (
        Item.objects.filter(plan__in=plans, removed_at__isnull=True)
        .select_related("owner")
        .order_by("position", "pk")
    ):
        items.setdefault(item.plan_id, []).append(item)
    last = last_readings([item.pk for each in items.values() for item in each])
    return [_sheet(plan, items.get(plan.pk, []), last, now) for plan in plans]


def totals_of(sheets: Sequence[Sheet]) -> Totals:
    return Totals(
        plans=len(sheets),
        countries=len({sheet.plan.institution.country for sheet in sheets}),
        steps=sum(sheet.steps for sheet in sheets),
        done=sum(sheet.done for sheet in sheets),
        due=sum(sheet.due for sheet in sheets),
        due_done=sum(sheet.due_done for sheet in sheets),
        late=sum(len(sheet.late) for sheet in sheets),
        measures=sum(len(sheet.measures) for sheet in sheets),
        reached=sum(sheet.reached for sheet in sheets),
    )


def _sheet(plan: Any, items: Iterable[Item], last: Mapping[int, Point], now: datetime) -> Sheet:
    sheet = Sheet(plan, state_badge(plan.state))
    sheet.own, sheet.shadow = confidence_mark(plan.own), confidence_mark(plan.shadow)
    today = today_in(plan.time_zone, now)
    for item in items:
        if item.kind in (Kind.MILESTONE, Kind.DELIVERABLE):
            sheet.steps += 1
            sheet.done += item.progress == Progress.COMPLETE
        if _is_due(plan, item, today):
            sheet.due += 1
            sheet.due_done += item.progress == Progress.COMPLETE
        if item.kind == Kind.OBJECTIVE:
            sheet.objectives.append(_line(item, today))
        if item.kind == Kind.INDICATOR:
            sheet.measures.append(_measure(item, last.get(item.pk)))
        is_carried_out = plan.state == PlanState.APPROVED and item.kind not in (Kind.RISK, Kind.ASSUMPTION)
        if is_carried_out and timeliness_of(item.progress, item.due_until, today) == Timeliness.OVERDUE:
            sheet.late.append(_line(item, today))
    return sheet


def _line(item: Item, today: date) -> Line:
    return Line(
        title=str(item),
        owner=item.owner.name if item.owner else item.owner_wording,
        due=due_words(moment_of(item, "due")),
        progress=str(progress_word(item.progress)),
        confidence=confidence_mark(item.confidence),
        days=days_badge(timeliness_of(item.progress, item.due_until, today), item.due_until, today),
    )


def _is_due(plan: Plan, item: Item, today: date) -> bool:
    """As the page of the edition counts."""
    is_past = item.due_until is not None and item.due_until < today
    return item.kind == Kind.MILESTONE and is_past and plan.state == PlanState.APPROVED


def _measure(item: Item, last: Point | None) -> Measure:
    def words(value: Decimal | None) -> str:
        return "" if value is None else number_words(value, item.unit)

    return Measure(
        title=str(item),
        baseline=words(item.baseline),
        last=words(last[1]) if last else "",
        last_on=day_words(last[0]) if last else "",
        target=words(item.target),
        is_reached=is_met(item.direction, number_text(last[1] if last else None), number_text(item.target)),
    )
