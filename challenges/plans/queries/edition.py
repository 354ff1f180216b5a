"""The plans of an edition that a person may see: counted and sorted by the database, one page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce, NullIf

from challenges.plans.measured import verdict_from
from challenges.plans.models import (
    Confidence,
    Item,
    Kind,
    Plan,
    PlanState,
    Progress,
    Reading,
    Report,
    ReportState,
    Voice,
)
from challenges.plans.queries.plans import visible_plans
from challenges.plans.timeliness import today_in
from synergy.alphabet import alphabetical
from synergy.cohorts.models import Edition, Role, Seat
from synergy.people.models import Institution, Person

AGREED = (PlanState.APPROVED, PlanState.DONE)
_LEVELS = [
    Confidence.NOT_ACHIEVABLE,
    Confidence.IN_DOUBT,
    Confidence.UNCERTAIN,
    Confidence.PROBABLE,
    Confidence.HIGHLY_LIKELY,
]


@dataclass(frozen=True)
class Part:
    """So many of so many."""

    count: int
    base: int

    @property
    def share(self) -> int:
        """Percent, rounded; 0 of nothing."""
        return round(100 * self.count / self.base) if self.base else 0


@dataclass(frozen=True)
class Whole:
    """`milestones`: done of those due so far, in approved plans; `overdue`: dated parts of approved plans;
    `indicators`: at or beyond their path, of those with a reading and a path, in agreed plans."""

    institutions: Part
    approved: Part
    milestones: Part
    overdue: Part
    indicators: Part
    without: list[Institution]
    """Those that have no plan which the person may see."""


def edition_plans(person: Person, seats: list[Seat], edition: Edition) -> QuerySet[Plan]:
    return visible_plans(person, seats).filter(cohort__edition=edition)


def with_standing(plans: QuerySet[Plan], now: datetime, readable: Q) -> QuerySet[Plan]:
    """With `overdue`, the latest of it as `late_due`, `late_title` and `late_item`, `next_due`, `next_title`,
    `next_item`, `milestones` and those `reached`, `own`, `shadow`, and the levels of both to sort by. One query.

    Own view is the newest approved report's, else the most cautious of the objectives'. A shadow report is
    never approved: the newest that was submitted and is `readable` shows; see `near.readable_reports`.
    """
    late, coming = _late(OuterRef("today")), _coming(OuterRef("today"))
    carried_late = late.filter(plan__state=PlanState.APPROVED)
    milestones = Item.objects.filter(plan=OuterRef("pk"), kind=Kind.MILESTONE, removed_at__isnull=True)
    found = plans.annotate(today=today_of(plans, now)).annotate(
        overdue=Case(
            When(state=PlanState.APPROVED, then=Coalesce(_count(late), 0)),
            default=0,
            output_field=IntegerField(),
        ),
        next_due=Subquery(coming.values("due_until")[:1]),
        next_title=Subquery(coming.values("title")[:1]),
        next_item=Subquery(coming.values("pk")[:1]),
        **{
            f"late_{name}": Subquery(carried_late.order_by("due_until", "pk").values(field)[:1])
            for name, field in (("due", "due_until"), ("title", "title"), ("item", "pk"))
        },
        milestones=Coalesce(_count(milestones), 0),
        reached=Coalesce(_count(milestones.filter(progress=Progress.COMPLETE)), 0),
        own=Coalesce(_said(Voice.OWN, ReportState.APPROVED), _objectives(), Value("")),
        shadow=Coalesce(_said(Voice.SHADOW, ReportState.SUBMITTED, readable), Value("")),
    )
    return found.annotate(own_level=_level("own"), shadow_level=_level("shadow"))


def whole_of(plans: QuerySet[Plan], edition: Edition, now: datetime) -> Whole:
    """Six queries, however many plans there are."""
    ids = plans.order_by().values("pk")
    counted = plans.order_by().aggregate(
        all=Count("pk", distinct=True),
        approved=Count("pk", filter=Q(state__in=AGREED), distinct=True),
        institutions=Count("institution", distinct=True),
    )
    seated = Q(seats__cohort__edition=edition, seats__role=Role.PARTICIPANT, seats__ended_at__isnull=True)
    every = Institution.objects.filter(seated | Q(plans__in=ids)).distinct()
    with_plan = plans.order_by().values("institution")
    carried = _carried_out().filter(plan__in=ids, plan__state=PlanState.APPROVED)
    due = Q(due_until__lt=today_of(plans, now, "plan__"))
    open_ = ~Q(progress=Progress.COMPLETE)
    steps = carried.aggregate(
        due=Count("pk", filter=due & Q(kind=Kind.MILESTONE)),
        done=Count("pk", filter=due & Q(kind=Kind.MILESTONE) & ~open_),
        late=Count("pk", filter=due & open_),
        dated=Count("pk", filter=Q(due_until__isnull=False)),
    )
    return Whole(
        institutions=Part(counted["institutions"], every.count()),
        approved=Part(counted["approved"], counted["all"]),
        milestones=Part(steps["done"], steps["due"]),
        overdue=Part(steps["late"], steps["dated"]),
        indicators=_indicators(ids),
        without=list(every.exclude(pk__in=with_plan).order_by("country", alphabetical("name"))),
    )


def views_of(found: QuerySet[Any]) -> dict[str, int]:
    """{confidence of the own view: how many plans of `with_standing`}; "" while nobody has judged. One query."""
    rows = found.order_by().values_list("own")
    return dict(rows.annotate(number=Count("pk")))


def _carried_out() -> QuerySet[Item]:
    return Item.objects.filter(removed_at__isnull=True).exclude(kind__in=[Kind.RISK, Kind.ASSUMPTION])


def _late(today: Any) -> QuerySet[Item]:
    rows = _carried_out().filter(plan=OuterRef("pk"), due_until__lt=today)
    return rows.exclude(progress=Progress.COMPLETE).order_by()


def _coming(today: Any) -> QuerySet[Item]:
    """What is next in a plan that is being carried out; a milestone before others of the same day."""
    rows = _carried_out().filter(plan=OuterRef("pk"), plan__state=PlanState.APPROVED, due_until__gte=today)
    other = Case(When(kind=Kind.MILESTONE, then=0), default=1)
    return rows.exclude(progress=Progress.COMPLETE).order_by("due_until", other, "title", "pk")


def _count(rows: QuerySet[Item]) -> Subquery:
    return Subquery(rows.order_by().values("plan").annotate(number=Count("pk")).values("number"))


def _said(voice: Voice, state: ReportState, readable: Q | None = None) -> NullIf:
    rows = Report.objects.filter(readable or Q(), plan=OuterRef("pk"), voice=voice, state=state)
    newest = rows.exclude(confidence="").order_by("-period__ends", "-pk")
    return NullIf(Subquery(newest.values("confidence")[:1]), Value(""))


def _objectives() -> Subquery:
    rows = Item.objects.filter(plan=OuterRef("pk"), kind=Kind.OBJECTIVE, removed_at__isnull=True)
    return Subquery(rows.exclude(confidence="").order_by(_level("confidence")).values("confidence")[:1])


def _level(name: str) -> Case:
    """From 0 (not achievable) to 4; None while nobody has judged it."""
    steps = [When(**{name: value}, then=Value(level)) for level, value in enumerate(_LEVELS)]
    return Case(*steps, default=None, output_field=IntegerField())


def today_of(plans: QuerySet[Plan], now: datetime, prefix: str = "") -> Case | Value:
    """The day that it is in the zone of each plan. One query."""
    zones = plans.order_by().values_list("time_zone", flat=True).distinct()
    days = [When(**{f"{prefix}time_zone": zone}, then=Value(today_in(zone, now))) for zone in zones]
    if not days:
        return Value(now.date(), output_field=DateField())
    return Case(*days, default=Value(now.date()), output_field=DateField())


def _indicators(ids: QuerySet[Any]) -> Part:
    """A path may bend, which the database cannot follow: only its numbers are read, in one query."""
    last = Reading.objects.filter(item=OuterRef("pk")).order_by("-on", "-pk")
    rows = Item.objects.filter(
        plan__in=ids, plan__state__in=AGREED, kind=Kind.INDICATOR, removed_at__isnull=True
    )
    verdicts = [
        verdict_from(direction, first, baseline, end, target, trajectory, (read_on, read))
        for direction, first, baseline, end, target, trajectory, read_on, read in rows.annotate(
            read_on=Subquery(last.values("on")[:1]),
            read=Subquery(last.values("value")[:1]),
            first=Coalesce("baseline_on", "plan__starts"),
            end=Coalesce("due_until", "plan__ends"),
        )
        .filter(read__isnull=False)
        .values_list("direction", "first", "baseline", "end", "target", "trajectory", "read_on", "read")
    ]
    judged = [verdict for verdict in verdicts if verdict != "unknown"]
    return Part(sum(verdict in ("reached", "on_path") for verdict in judged), len(judged))


ORDERS: dict[str, Any] = {  # names stand as the fields that they are in
    "institution": "institution__name",
    "plan": "title",
    "state": Case(
        *[When(state=state, then=Value(place)) for place, state in enumerate(PlanState.values)],
        output_field=IntegerField(),
    ),
    "own": F("own_level"),
    "shadow": F("shadow_level"),
    "milestones": F("reached"),
    "overdue": F("overdue"),
    "next": F("next_due"),
    "changed": F("changed_at"),
}


def in_order(plans: QuerySet[Plan], name: str, *, is_down: bool) -> QuerySet[Plan]:
    """By one of `ORDERS`; what has no value comes last either way. Otherwise by country and institution."""
    rest = ("institution__country", alphabetical("institution__name"), "pk")
    if name not in ORDERS:
        return plans.order_by(*rest)
    value = ORDERS[name]
    column = alphabetical(value) if isinstance(value, str) else value
    return plans.order_by(OrderBy(column, descending=is_down, nulls_last=True), *rest)
