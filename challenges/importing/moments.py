"""Dates as people have typed them: `2020/03/19 12 p.m.`, `2021/9/16 8:00 AM`, `2021/10/14 11:00 AM ET`, `2021/08/31`."""

from __future__ import annotations

import re
from datetime import date, time
from typing import NamedTuple

_SPELLING = re.compile(
    r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})"
    r"(?:\s+(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?\s*(?P<half>[ap])\.?m\.?(?:\s+(?P<zone>[A-Z]{2,4}))?)?",
    re.IGNORECASE,
)


class Moment(NamedTuple):
    """A day, and the time and zone if they were given. Nothing is made up."""

    day: date
    at: time | None
    zone: str

    def __str__(self) -> str:
        parts = [self.day.isoformat(), f"{self.at:%H:%M}" if self.at else "", self.zone]
        return " ".join(part for part in parts if part)


def read_moment(text: str) -> Moment | None:
    """None when the spelling is not known, or there is no such day or time."""
    found = _SPELLING.fullmatch(text.strip())
    if found is None:
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        return Moment(day, _time(found), found["zone"] or "")
    except ValueError:
        return None


def _time(found: re.Match[str]) -> time | None:
    """Raises ValueError: there is no 13 p.m."""
    if found["hour"] is None:
        return None
    hour = int(found["hour"])
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    afternoon = found["half"].lower() == "p"
    return time(hour % 12 + 12 * afternoon, int(found["minute"] or 0))
