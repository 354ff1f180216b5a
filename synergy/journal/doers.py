"""Who did something, as the log knows it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from synergy.journal.models import Event


def done_by_others(kind: str, keys: Collection[int], *, by: int, since: datetime) -> set[int]:
    """Keys of those streams of this kind in which another person, or nobody, did something after `since`. One query."""
    there = Event.objects.filter(stream__kind=kind, stream__key__in=keys, at__gt=since)
    return set(there.exclude(by=by).values_list("stream__key", flat=True).distinct())


def done_by(kind: str, name: str, *, by: int, since: datetime) -> set[tuple[int, datetime]]:
    """{(key, when)} of the events with this name that this person caused in streams of this kind. One query."""
    there = Event.objects.filter(stream__kind=kind, name=name, by=by, at__gt=since)
    return set(there.values_list("stream__key", "at"))
