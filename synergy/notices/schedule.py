"""What comes round each morning where people are.

    register_each_morning("plans.reminders", remind)

`function(zone=…, day=…, now=…)` is called once a day for each time zone that somebody lives in, at seven in
the morning there.
"""

from __future__ import annotations

from datetime import time

from synergy.people.models import Person
from synergy.queue.schedule import DailyWork, register_daily

MORNING = time(7)


def register_each_morning(name: str, function: DailyWork) -> None:
    """Called once per name, from the owner's `AppConfig.ready`. `name` is kept in the database."""
    register_daily(name, function, at=MORNING, zones=zones_in_use)


def zones_in_use() -> list[str]:
    people = Person.objects.filter(is_active=True)
    return sorted(people.values_list("time_zone", flat=True).distinct())
