"""An indicator over time: baseline, expected path, target and what was read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from challenges.plans.drawing.path import Point
from challenges.plans.drawing.scale import Tick, TimeScale, months_around, round_values, text_width

WIDTH, NARROW, HEIGHT = 640, 320, 262
"""Of the picture on a desk, and on a phone, where the letters have to stay as large."""
TOP, BOTTOM = 24, 215
MARGIN = 36
"""At the right end, for half of the last month's name."""
LETTER = 13
LAST_TICK = 10
"""So far from the end a month is not named any more."""

Anchor = Literal["start", "middle", "end"]
Kind = Literal["baseline", "now", "target"]


@dataclass(frozen=True)
class Series:
    """All by date. `path` leads from the baseline to the target."""

    baseline: Point | None
    target: Point | None
    path: Sequence[Point]
    readings: Sequence[Point]


@dataclass(frozen=True)
class Label:
    """A named value: "Baseline 23"."""

    kind: Kind
    text: str
    x: float
    y: float
    anchor: Anchor
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Line:
    """Across, at a round value."""

    text: str
    y: float


@dataclass(frozen=True)
class Chart:
    left: float
    ticks: list[Tick]
    lines: list[Line]
    path: str
    """As the `points` of a polyline."""
    actual: str
    points: list[tuple[float, float]]
    target: tuple[float, float] | None
    labels: list[Label]
    width: int
    right: float
    height: int = HEIGHT
    bottom: float = BOTTOM


@dataclass
class _Placing:
    """Labels one after another, each where it overlaps none before it."""

    within: int
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)

    def place(self, kind: Kind, text: str, at: tuple[float, float]) -> Label:
        x, y = at
        width = text_width(text, LETTER)
        anchor: Anchor = "start" if x + width <= self.within else "end"
        left = x if anchor == "start" else x - width
        free = [
            shift for shift in (-14, 24, -32, 42, -50, 60, -68, 78) if self._is_free(left, y + shift, width)
        ]
        foot = y + (free[0] if free else -14)
        box = _box(left, foot, width)
        self.boxes.append(box)
        return Label(kind, text, x, round(foot, 1), anchor, box)

    def _is_free(self, left: float, foot: float, width: float) -> bool:
        one = _box(left, foot, width)
        if one[1] < 0 or one[3] > BOTTOM:
            return False
        return not any(_overlap(one, other) for other in self.boxes)


def draw_chart(
    series: Series,
    names: dict[Kind, Callable[[str], str]],
    write: Callable[[Decimal], str],
    width: int = WIDTH,
) -> Chart | None:
    """None when there is no value to draw. `names` gives a label for a written value. `width` in units of the
    picture, of which a letter takes `LETTER`."""
    known = [*series.path, *series.readings, *(each for each in (series.baseline, series.target) if each)]
    if not known:
        return None
    values = [value for _on, value in known]
    rounds = round_values(min(Decimal(0), *values) if _begins_at_zero(values) else min(values), max(values))
    left = 14 + max(text_width(write(each), LETTER) for each in rounds)
    right = width - MARGIN
    scale = TimeScale(*months_around([on for on, _value in known]), left, right)

    def place(point: Point) -> tuple[float, float]:
        share = float((point[1] - rounds[0]) / (rounds[-1] - rounds[0]))
        return scale.x(point[0]), round(BOTTOM - share * (BOTTOM - TOP), 1)

    return Chart(
        left=round(left, 1),
        ticks=[tick for tick in scale.ticks(44) if tick.x <= right - LAST_TICK],
        lines=[Line(write(each), place((scale.start, each))[1]) for each in rounds],
        path=_polyline([place(point) for point in series.path]),
        actual=_polyline([place(point) for point in _read(series)]),
        points=[place(point) for point in _read(series)],
        target=place(series.target) if series.target else None,
        labels=_labels(series, place, names, write, width),
        width=width,
        right=right,
    )


def _labels(
    series: Series,
    place: Callable[[Point], tuple[float, float]],
    names: dict[Kind, Callable[[str], str]],
    write: Callable[[Decimal], str],
    width: int,
) -> list[Label]:
    last = series.readings[-1] if series.readings else None
    named: list[tuple[Kind, Point | None]] = [
        ("target", series.target),
        ("now", last),
        ("baseline", series.baseline),
    ]
    placing = _Placing(width)
    return [placing.place(kind, names[kind](write(at[1])), place(at)) for kind, at in named if at is not None]


def _read(series: Series) -> list[Point]:
    """What was read, from the baseline on: that was read, too."""
    return [*([series.baseline] if series.baseline and series.readings else []), *series.readings]


def _begins_at_zero(values: Sequence[Decimal]) -> bool:
    """A line from zero is honest, unless it would press all of the picture into a strip."""
    return min(values) >= 0 and min(values) <= max(values) * Decimal("0.7")


def _polyline(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)


def _box(left: float, foot: float, width: float) -> tuple[float, float, float, float]:
    return left, foot - LETTER, left + width, foot + 4


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
