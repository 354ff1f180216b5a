"""From days and values to places in a picture, and from a length of text to its width."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WIDTH_OF_A_LETTER = 0.54
"""Of the size of the type: a little more than the letters of our typeface take on the average."""
STEPS = (1, 3, 6, 12, 24, 60, 120, 240)
"""Months between two lines of the calendar."""


@dataclass(frozen=True)
class Tick:
    """A line of the calendar. `shows_year` where the year is to be written: the first, and each new one."""

    on: date
    x: float
    shows_year: bool


@dataclass(frozen=True)
class TimeScale:
    """Days from `start` to `end`, both included, between two places of the picture."""

    start: date
    end: date
    left: float
    right: float

    def x(self, on: date) -> float:
        """Days beyond the ends stand at the ends."""
        days = max((self.end - self.start).days, 1)
        share = (on - self.start).days / days
        return round(self.left + min(max(share, 0.0), 1.0) * (self.right - self.left), 1)

    def ticks(self, room: float) -> list[Tick]:
        """First days of months, quarters or years: as many as have `room` each."""
        every = next((step for step in STEPS if self._room_of(step) >= room), STEPS[-1])
        found: list[Tick] = []
        for on in _first_days(self.start, self.end, every):
            is_new_year = not found or found[-1].on.year != on.year
            found.append(Tick(on, self.x(on), is_new_year))
        return found

    def _room_of(self, months: int) -> float:
        days = max((self.end - self.start).days, 1)
        return (self.right - self.left) * months * 30.4 / days


def months_around(days: list[date]) -> tuple[date, date]:
    """From the first day of the first month to the last day before the month after the last; never one day."""
    first, last = min(days).replace(day=1), max(days)
    return first, _month_after(last)


def text_width(text: str, size: float) -> float:
    """About; rather too wide than too narrow."""
    return len(text) * size * WIDTH_OF_A_LETTER


def shortened(text: str, size: float, room: float) -> str:
    """The text, or as much of it as has room, with an ellipsis."""
    letters = max(int(room / (size * WIDTH_OF_A_LETTER)), 2)
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def wrapped(text: str, size: float, room: float, lines: int) -> list[str]:
    """In at most so many lines; what has no room ends with an ellipsis."""
    found: list[str] = []
    words = text.split()
    while words and len(found) < lines - 1:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", size) <= room:
            line = f"{line} {words.pop(0)}"
        found.append(shortened(line, size, room))
    if words:
        found.append(shortened(" ".join(words), size, room))
    return found


def round_values(lowest: Decimal, highest: Decimal, most: int = 5) -> list[Decimal]:
    """Even values, at least two, that hold the two between them: 0, 10, 20, 30."""
    span = highest - lowest or abs(highest) or Decimal(1)
    step = _round_step(span / max(most - 1, 1))
    first = (lowest / step).to_integral_value(rounding="ROUND_FLOOR") * step
    found = [first]
    while found[-1] < highest or len(found) < 2:
        found.append(found[-1] + step)
    return found


def _round_step(at_least: Decimal) -> Decimal:
    """1, 2 or 5 times a power of ten."""
    power = Decimal(1).scaleb(at_least.adjusted())
    return next((factor * power for factor in (1, 2, 5) if factor * power >= at_least), 10 * power)


def _first_days(start: date, end: date, every: int) -> Iterator[date]:
    """From the first one that is not before the start."""
    on = start.replace(day=1)
    while on < start or (on.year * 12 + on.month - 1) % every:
        on = _month_after(on)
    while on <= end:
        yield on
        months = on.year * 12 + on.month - 1 + every
        if months // 12 > date.max.year:
            return
        on = date(months // 12, months % 12 + 1, 1)


def _month_after(on: date) -> date:
    if (on.year, on.month) == (date.max.year, 12):
        return date.max
    return date(on.year + on.month // 12, on.month % 12 + 1, 1)
