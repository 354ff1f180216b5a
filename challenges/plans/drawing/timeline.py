"""Milestones on the calendar, a line for each objective.

A name stands beside its mark where there is room: below the line, above it, or further away with a thin line
that leads to it. No two names overlap, so that all can be read; how many rows of names there are makes the
height.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from challenges.plans.drawing.scale import (
    Tick,
    TimeScale,
    months_around,
    shortened,
    text_width,
    wrapped,
)

Standing = Literal["done", "overdue", "next", "planned"]

WIDTH = 1000
LEFT, RIGHT = 250, 988
TOP = 44
"""Below the months."""
LETTER, TITLE_LETTER = 14, 15
ROW = 20
"""Of names."""
NEAR = 27
"""From the line down to the foot of the first row of names below it; above it less."""
NEAR_ABOVE = 17
GAP = 8
LONGEST_NAME = 300
RADIUS = 9
LAST_TICK = 24
"""So much room a month needs for its name."""


@dataclass(frozen=True)
class Mark:
    """A milestone on its day. `agreed` is the day that was approved, when it is another one."""

    key: int
    title: str
    on: date
    standing: Standing
    agreed: date | None = None


@dataclass(frozen=True)
class Lane:
    """An objective with its milestones."""

    title: str
    marks: Sequence[Mark]


@dataclass(frozen=True)
class DrawnMark:
    mark: Mark
    x: float
    y: float
    name: str
    name_x: float
    name_y: float
    anchor: Literal["start", "end"]
    box: tuple[float, float, float, float]
    """Left, top, right, bottom of the name."""
    leads: bool
    """Whether a thin line leads from the mark to its name."""
    agreed_x: float | None


@dataclass(frozen=True)
class DrawnLane:
    title: list[tuple[float, str]]
    """Its lines, each with the height of its foot."""
    y: float
    marks: list[DrawnMark]


@dataclass(frozen=True)
class Timeline:
    height: float
    ticks: list[Tick]
    lanes: list[DrawnLane]
    today: date
    now_x: float | None
    """None when today lies outside."""
    now_anchor: Literal["start", "end"]
    width: int = WIDTH
    left: float = LEFT
    right: float = RIGHT
    top: float = TOP


@dataclass
class _Names:
    """Where the names of one line stand already: {row: stretches}. Rows below the line are 0, 1 …; above -1, -2 …"""

    taken: dict[int, list[tuple[float, float]]] = field(default_factory=dict)

    def place(self, x: float, width: float) -> tuple[int, float, Literal["start", "end"]]:
        """The nearest free row for a name at a mark: the row, where it begins or ends, and which of the two."""
        row = 0
        while True:
            for anchor in _anchors(x, width):
                start = x - RADIUS if anchor == "start" else x + RADIUS - width
                if self._is_free(row, start, start + width):
                    self.taken.setdefault(row, []).append((start, start + width))
                    return row, x - RADIUS if anchor == "start" else x + RADIUS, anchor
            row = -row - 1 if row >= 0 else -row

    def _is_free(self, row: int, start: float, end: float) -> bool:
        return all(end + GAP <= one or other + GAP <= start for one, other in self.taken.get(row, []))

    @property
    def above(self) -> int:
        return -min([0, *self.taken])

    @property
    def below(self) -> int:
        return max([-1, *self.taken]) + 1


def draw_timeline(lanes: Sequence[Lane], today: date) -> Timeline | None:
    """None when no milestone has a day."""
    days = [day for lane in lanes for mark in lane.marks for day in (mark.on, mark.agreed) if day]
    if not days:
        return None
    start, end = months_around(days)
    scale = TimeScale(start, end, LEFT, RIGHT)
    drawn: list[DrawnLane] = []
    y: float = TOP
    for lane in lanes:
        placed, y = _draw_lane(lane, scale, y)
        drawn.append(placed)
    now_x = scale.x(today) if start <= today <= end else None
    is_right = now_x is not None and now_x > RIGHT - 80
    ticks = [tick for tick in scale.ticks(40) if tick.x <= RIGHT - LAST_TICK]
    return Timeline(y + 18, ticks, drawn, today, now_x, "end" if is_right else "start")


def _draw_lane(lane: Lane, scale: TimeScale, top: float) -> tuple[DrawnLane, float]:
    """The lane, and where the next one begins."""
    names, found = _Names(), []
    for mark in sorted(lane.marks, key=lambda mark: (mark.on, mark.key)):
        name = shortened(mark.title, LETTER, LONGEST_NAME)
        found.append((mark, name, names.place(scale.x(mark.on), text_width(name, LETTER))))
    title = wrapped(lane.title, TITLE_LETTER, LEFT - 20, 3)
    half_title = len(title) * ROW / 2
    above = max(NEAR_ABOVE + names.above * ROW, half_title + 6)
    y = top + above
    marks = [_draw_mark(mark, scale, y, name, *place) for mark, name, place in found]
    below = max(NEAR + names.below * ROW - ROW + 12, half_title + 12)
    feet = [(round(y - half_title + ROW * (at + 0.75), 1), line) for at, line in enumerate(title)]
    return DrawnLane(feet, y, marks), y + below


def _draw_mark(
    mark: Mark,
    scale: TimeScale,
    y: float,
    name: str,
    row: int,
    name_x: float,
    anchor: Literal["start", "end"],
) -> DrawnMark:
    name_y = y + NEAR + row * ROW if row >= 0 else y - NEAR_ABOVE + (row + 1) * ROW
    width = text_width(name, LETTER)
    left = name_x if anchor == "start" else name_x - width
    return DrawnMark(
        mark=mark,
        x=scale.x(mark.on),
        y=y,
        name=name,
        name_x=round(name_x, 1),
        name_y=round(name_y, 1),
        anchor=anchor,
        box=(left, name_y - LETTER, left + width, name_y + 4),
        leads=row not in (0, -1),
        agreed_x=scale.x(mark.agreed) if mark.agreed else None,
    )


def _anchors(x: float, width: float) -> list[Literal["start", "end"]]:
    """On which sides of a mark its name has room, the usual side first."""
    found: list[Literal["start", "end"]] = []
    if x - RADIUS + width <= WIDTH:
        found.append("start")
    if x + RADIUS - width >= LEFT:
        found.append("end")
    return found or ["start"]
