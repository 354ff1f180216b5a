"""Months, quarters and halves of a year, as periods."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Literal, NamedTuple

Length = Literal["month", "quarter", "half"]
_MONTHS: dict[Length, int] = {"month": 1, "quarter": 3, "half": 6}


class Span(NamedTuple):
    """Both days included. The name is the same in every language: "Q3 2026"."""

    name: str
    starts: date
    ends: date


def spans_between(length: Length, starts: date, ends: date) -> list[Span]:
    """All that have a day from `starts` to `ends`, in order; the first and last are whole, too."""
    months = _MONTHS[length]
    at = (starts.year * 12 + starts.month - 1) // months
    last = (ends.year * 12 + ends.month - 1) // months
    return [_span(length, months, number) for number in range(at, last + 1)]


def _span(length: Length, months: int, number: int) -> Span:
    year, month = divmod(number * months, 12)
    final = month + months
    part = month // months + 1
    names = {"month": f"{year}-{month + 1:02}", "quarter": f"Q{part} {year}", "half": f"H{part} {year}"}
    return Span(names[length], date(year, month + 1, 1), date(year, final, monthrange(year, final)[1]))
