"""The plans of an edition across institutions, with few queries for any number of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from challenges.plans.cards import moment_of, number_text
from challenges.plans.models import Item, Kind, Plan, Progress, Reading, Report, ReportState, Voice
from challenges.plans.queries.plans import visible_plans
from challenges.plans.reporting.changes import is_met
from challenges.plans.reporting.rules import REPORTED
from challenges.plans.rules import is_consultant, is_own, is_school
from challenges.plans.timeliness import Timeliness, timeliness_of, today_in
from challenges.plans.words import (
    Due,
    Mark,
    confidence_mark,
    due_words,
    number_words,
    progress_word,
    state_badge,
)
from challenges.words import Badge
from synergy.cohorts.models import Edition, Seat
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
    is_late: bool


@dataclass(frozen=True)
class Measure:
    title: str
    baseline: str
    last: str
    target: str
    is_reached: bool


@dataclass
class Sheet:
    """One plan. `done` and `steps` count milestones and deliverables."""

    plan: Plan
    state: Badge
    steps: int = 0
    done: int = 0
    late: list[Line] = field(default_factory=list)
    objectives: list[Line] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    own: Mark | None = None
    shadow: Mark | None = None
    own_period: str = ""

    @property
    def reached(self) -> int:
        return sum(each.is_reached for each in self.measures)


@dataclass(frozen=True)
class Totals:
    plans: int
    countries: int
    steps: int
    done: int
    late: int
    measures: int
    reached: int


def edition_for(person: Person, pk: int) -> Edition | None:
    """An edition in whose programme the person has a seat."""
    edition = Edition.objects.select_related("programme").filter(pk=pk).first()
    programmes = {seat.cohort.edition.programme_id for seat in seats_of(person)}
    return edition if edition is not None and edition.programme_id in programmes else None


def sheets_of(person: Person, edition: Edition, now: datetime) -> list[Sheet]:
    """Agreed plans that the person may read, by country and institution. Five queries."""
    seats = list(seats_of(person))
    rows = visible_plans(person, seats).filter(cohort__edition=edition, state__in=REPORTED)
    plans = list(rows.order_by("institution__country", "institution__name", "pk"))
    items: dict[int, list[Item]] = {}
    for item in (
        Item.objects.filter(plan__in=plans, removed_at__isnull=True)
        .select_related("owner")
        .order_by("position", "pk")
    ):
        items.setdefault(item.plan_id, []).append(item)
    last = {
        row.item_id: row.value for row in Reading.objects.filter(item__plan__in=plans).order_by("on", "pk")
    }
    sheets = [_sheet(plan, items.get(plan.pk, []), last, now) for plan in plans]
    _add_voices(person, seats, sheets)
    return sheets


def totals_of(sheets: Sequence[Sheet]) -> Totals:
    return Totals(
        plans=len(sheets),
        countries=len({sheet.plan.institution.country for sheet in sheets}),
        steps=sum(sheet.steps for sheet in sheets),
        done=sum(sheet.done for sheet in sheets),
        late=sum(len(sheet.late) for sheet in sheets),
        measures=sum(len(sheet.measures) for sheet in sheets),
        reached=sum(sheet.reached for sheet in sheets),
    )


def _sheet(plan: Plan, items: Iterable[Item], last: dict[int, Decimal], now: datetime) -> Sheet:
    sheet = Sheet(plan, state_badge(plan.state))
    today = today_in(plan.time_zone, now)
    for item in items:
        if item.kind in (Kind.MILESTONE, Kind.DELIVERABLE):
            sheet.steps += 1
            sheet.done += item.progress == Progress.COMPLETE
        if item.kind == Kind.OBJECTIVE:
            sheet.objectives.append(_line(item, today))
        if item.kind == Kind.INDICATOR:
            sheet.measures.append(_measure(item, last.get(item.pk)))
        is_carried_out = item.kind not in (Kind.RISK, Kind.ASSUMPTION)
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
        is_late=timeliness_of(item.progress, item.due_until, today) == Timeliness.OVERDUE,
    )


def _measure(item: Item, last: Decimal | None) -> Measure:
    def words(value: Decimal | None) -> str:
        return "" if value is None else number_words(value, item.unit)

    return Measure(
        title=str(item),
        baseline=words(item.baseline),
        last=words(last),
        target=words(item.target),
        is_reached=is_met(item.direction, number_text(last), number_text(item.target)),
    )


def _add_voices(person: Person, seats: Sequence[Seat], sheets: Sequence[Sheet]) -> None:
    """The newest word of each voice that the person may read. One query."""
    own_seats = {seat.cohort_id: seat for seat in seats}
    by_plan = {sheet.plan.pk: sheet for sheet in sheets}
    for sheet in sheets:
        sheet.plan.seat = own_seats.get(sheet.plan.cohort_id)
    rows = Report.objects.filter(plan__in=by_plan, state__in=[ReportState.SUBMITTED, ReportState.APPROVED])
    for row in rows.select_related("period").order_by("period__ends", "pk"):
        sheet = by_plan[row.plan_id]
        plan = sheet.plan
        near = is_own(person, plan) or is_school(person, plan) or is_consultant(person, plan)
        if row.state != ReportState.APPROVED and not near:
            continue
        if row.voice == Voice.OWN:
            sheet.own, sheet.own_period = confidence_mark(row.confidence), row.period.name
        else:
            sheet.shadow = confidence_mark(row.confidence)
