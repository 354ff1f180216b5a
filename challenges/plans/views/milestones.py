"""The timeline of a plan, with the table that says the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.plans.drawing.timeline import Lane, Mark, Standing, Timeline, draw_timeline
from challenges.plans.events import ItemCard
from challenges.plans.models import Kind, Progress
from challenges.plans.timeliness import Timeliness
from challenges.plans.views.rows import ItemRow, item_row, title_of
from challenges.plans.views.sight import Sight
from challenges.plans.words import day_words

_LABELS: dict[Standing, Promise] = {
    "done": gettext_lazy("Done"),
    "overdue": gettext_lazy("Overdue"),
    "next": gettext_lazy("Next"),
    "planned": gettext_lazy("Planned"),
}


@dataclass(frozen=True)
class Milestones:
    """`timeline` is None when no milestone has a day. `told` says what the picture shows."""

    timeline: Timeline | None
    rows: list[ItemRow]
    counts: list[tuple[Standing, Promise, int]]
    told: str
    are_moved: bool


def milestones_of(sight: Sight) -> Milestones:
    found = sight.of_kind(Kind.MILESTONE)
    by_day = sorted(found, key=lambda item: _day(item) or date.max)
    standings = _standings(sight, found)
    timeline = draw_timeline(_lanes(sight, by_day, standings), sight.today)
    counts = Counter(standings.values())
    rows = [item_row(sight, item) for item in by_day]
    return Milestones(
        timeline=timeline,
        rows=rows,
        counts=[
            (standing, label, counts[standing]) for standing, label in _LABELS.items() if counts[standing]
        ],
        told=_told(sight, counts, rows),
        are_moved=any(row.agreed for row in rows),
    )


def _standings(sight: Sight, milestones: list[ItemCard]) -> dict[int, Standing]:
    coming = [item for item in sight.coming if item.kind == Kind.MILESTONE]
    following = coming[0].id if coming else None

    def standing(item: ItemCard) -> Standing:
        if item.progress == Progress.COMPLETE:
            return "done"
        if sight.timeliness(item) == Timeliness.OVERDUE:
            return "overdue"
        return "next" if item.id == following else "planned"

    return {item.id: standing(item) for item in milestones}


def _lanes(sight: Sight, milestones: list[ItemCard], standings: dict[int, Standing]) -> list[Lane]:
    """A line for each objective that has milestones with a day; then those under none."""
    lanes: dict[int, list[Mark]] = {}
    for item in milestones:
        objective, day = sight.objective_of(item), _day(item)
        if day is not None:
            marks = lanes.setdefault(objective.id if objective else 0, [])
            marks.append(Mark(item.id, title_of(item), day, standings[item.id], _agreed_day(sight, item)))
    order = [item.id for item, _depth in sight.tree if item.id in lanes]
    drawn = [Lane(title_of(sight.items[key]), lanes[key]) for key in order]
    if 0 in lanes:
        drawn.append(Lane(_("Under no objective") if drawn else "", lanes[0]))
    return drawn


def _day(item: ItemCard) -> date | None:
    return item.due.until if item.due else None


def _agreed_day(sight: Sight, item: ItemCard) -> date | None:
    """When it is another day than now."""
    agreed = sight.agreed(item)
    day = agreed.due.until if agreed and agreed.due else None
    return day if day != _day(item) else None


def _told(sight: Sight, counts: Counter[Standing], rows: list[ItemRow]) -> str:
    told = [f"{_LABELS[standing]}: {counts[standing]}." for standing in _LABELS if counts[standing]]
    told += [f"{row.title}: {row.timeliness.label}." for row in rows if row.is_overdue and row.timeliness]
    told.append(_("Today is %(day)s.") % {"day": day_words(sight.today)})
    return " ".join(told)
