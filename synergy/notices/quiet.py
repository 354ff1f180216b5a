"""When a mail or a push may come: outside the hours in which a person wants none, by the clock where they are.

Weekends are Saturday and Sunday there. `starts` equal to `ends` is no night at all.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from synergy.notices.models import QuietHours

SATURDAY = 5


def next_allowed(now: datetime, hours: QuietHours, zone: ZoneInfo) -> datetime:
    """`now`, or the moment when the quiet hours that it falls into are over."""
    moment = now
    for _ in range(4):  # a night, a weekend, and the night that it ends in
        end = _end_of_quiet(moment.astimezone(zone), hours)
        if end is None:
            return moment
        moment = end.astimezone(now.tzinfo)
    return moment


def _end_of_quiet(local: datetime, hours: QuietHours) -> datetime | None:
    """When the quiet that holds at this moment ends; None when none does."""
    if hours.at_weekends and local.weekday() >= SATURDAY:
        return _at(local, time(0), days=7 - local.weekday())
    if not hours.at_night or hours.starts == hours.ends:
        return None
    clock = local.time()
    if hours.starts < hours.ends:
        return _at(local, hours.ends) if hours.starts <= clock < hours.ends else None
    if clock < hours.ends:
        return _at(local, hours.ends)
    return _at(local, hours.ends, days=1) if clock >= hours.starts else None


def _at(local: datetime, clock: time, *, days: int = 0) -> datetime:
    return datetime.combine(local.date() + timedelta(days=days), clock, local.tzinfo)
