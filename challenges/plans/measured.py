"""What the last reading of an indicator says, where the plan is not a page: in lists, tables and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, cast

from django.utils.translation import gettext as _

from challenges.plans.drawing.path import Direction, Point, Verdict, expected_path, verdict_on
from challenges.plans.events import MomentCard
from challenges.plans.words import day_words, number_words, verdict_badge


class Measured(Protocol):
    """An indicator as a card or in a document."""

    @property
    def unit(self) -> str: ...
    @property
    def direction(self) -> str: ...
    @property
    def baseline(self) -> str | None: ...
    @property
    def baseline_on(self) -> date | None: ...
    @property
    def target(self) -> str | None: ...
    @property
    def trajectory(self) -> list[tuple[date, str]]: ...
    @property
    def due(self) -> MomentCard | None: ...


def verdict_from(
    direction: str,
    first: date | None,
    baseline: Decimal | None,
    end: date | None,
    target: Decimal | None,
    trajectory: Sequence[Sequence[Any]],
    last: Point | None,
) -> Verdict:
    """`first` and `end`: the days of baseline and target, or else of the plan; `trajectory`: days and values."""
    bends = [
        (date.fromisoformat(on) if isinstance(on, str) else on, Decimal(value)) for on, value in trajectory
    ]
    start = (first, baseline) if first and baseline is not None else None
    goal = (end, target) if end and target is not None else None
    path = expected_path(bends, start, goal) if baseline is not None or bends else ()
    return verdict_on(path, target, cast("Direction", direction or "up"), last)


def verdict_of(item: Measured, starts: date | None, ends: date | None, last: Point | None) -> Verdict:
    """`starts` and `ends` of its plan."""
    return verdict_from(
        item.direction,
        item.baseline_on or starts,
        Decimal(item.baseline) if item.baseline is not None else None,
        (item.due.until if item.due else None) or ends,
        Decimal(item.target) if item.target is not None else None,
        item.trajectory,
        last,
    )


def standing_of(item: Measured, starts: date | None, ends: date | None, last: Point | None) -> str:
    """ "17.1 days (4 November 2026), On its path"; "No reading yet"."""
    label = str(verdict_badge(verdict_of(item, starts, ends, last)).label)
    if last is None:
        return label
    said = {"reading": number_words(last[1], item.unit), "day": day_words(last[0]), "verdict": label}
    return _("%(reading)s (%(day)s), %(verdict)s") % said
