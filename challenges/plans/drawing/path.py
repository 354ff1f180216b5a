"""Where an indicator was expected to be on a day, and whether it is there."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

Point = tuple[date, Decimal]
Direction = Literal["up", "down", "keep"]
Verdict = Literal["reached", "on_path", "behind", "unread", "unknown"]


def expected_path(
    trajectory: Sequence[Point], baseline: Point | None, target: Point | None
) -> tuple[Point, ...]:
    """From the baseline over the agreed points to the target; without points a straight line."""
    ends = [point for point in (baseline, target) if point is not None]
    return tuple(sorted({point[0]: point for point in [*ends, *trajectory]}.values()))


def expected_on(path: Sequence[Point], on: date) -> Decimal | None:
    """Between two points on the line between them; before the first and after the last there is no more to expect
    than they say. None without a path."""
    if not path:
        return None
    if on <= path[0][0]:
        return path[0][1]
    for (start, first), (end, last) in itertools.pairwise(path):
        if on <= end:
            share = Decimal((on - start).days) / Decimal((end - start).days)
            return first + (last - first) * share
    return path[-1][1]


def verdict_on(
    path: Sequence[Point], target: Decimal | None, direction: Direction, last: Point | None
) -> Verdict:
    """What the last reading says, beside the path and the target."""
    if last is None:
        return "unread"
    on, value = last
    if target is not None and direction != "keep" and _is_as_good(value, target, direction):
        return "reached"
    expected = expected_on(path, on)
    if expected is None:
        return "unknown"
    return "on_path" if _is_as_good(value, expected, direction) else "behind"


def _is_as_good(value: Decimal, wanted: Decimal, direction: Direction) -> bool:
    if direction == "up":
        return value >= wanted
    if direction == "down":
        return value <= wanted
    return abs(value - wanted) <= abs(wanted) / 20
