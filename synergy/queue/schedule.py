"""What comes round every day, at a time of day in each of some time zones.

    register_daily("plans.links", check_links, at=time(3))

`function(zone=…, day=…, now=…)` is called once for each zone and day, by one process, as a task: when it
fails it is tried again. After a stop over the hour it is called as soon as there is a worker again, for
the present day alone.
"""

from __future__ import annotations

import logging
import zoneinfo
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from synergy.queue.models import Turn

logger = logging.getLogger(__name__)


class DailyWork(Protocol):
    def __call__(self, *, zone: str, day: date, now: datetime) -> object: ...


@dataclass(frozen=True)
class Daily:
    function: DailyWork
    at: time
    zones: Callable[[], Iterable[str]]


_dailies: dict[str, Daily] = {}


def register_daily(
    name: str,
    function: DailyWork,
    *,
    at: time = time(3),
    zones: Callable[[], Iterable[str]] = lambda: ["UTC"],
) -> None:
    """Called once per name, from the owner's `AppConfig.ready`. `name` is kept in the database."""
    if name in _dailies:
        raise ValueError(f"{name} is registered twice")
    _dailies[name] = Daily(function, at, zones)


def take_turns(now: datetime) -> int:
    """Enqueues what is due and nobody has taken yet today. How many turns were taken."""
    due = [
        (name, zone, local.date())
        for name, daily in _dailies.items()
        for zone in daily.zones()
        if (local := now.astimezone(_zone(zone))).time() >= daily.at
    ]
    taken = {(turn.name, turn.zone): turn.day for turn in Turn.objects.all()}
    new = [each for each in due if taken.get(each[:2], date.min) < each[2]]
    return sum(_take(*each) for each in new)


def _take(name: str, zone: str, day: date) -> bool:
    with transaction.atomic():
        turn, is_new = Turn.objects.select_for_update().get_or_create(
            name=name, zone=zone, defaults={"day": day}
        )
        if not is_new and turn.day >= day:
            return False
        Turn.objects.filter(pk=turn.pk).update(day=day)
        do_daily.enqueue(name, zone, day.isoformat())
    return True


@task()
def do_daily(name: str, zone: str, day: str) -> None:
    """One turn. What is registered no longer, after an upgrade, is left undone."""
    daily = _dailies.get(name)
    if daily is None:
        logger.warning("%s comes round no longer", name)
        return
    daily.function(zone=zone, day=date.fromisoformat(day), now=timezone.now())


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return zoneinfo.ZoneInfo("UTC")
