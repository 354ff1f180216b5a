"""Who did something, as the log knows it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from synergy.journal.models import Event


def done_by_others(kind: str, keys: Collection[int], *, by: int, since: datetime) -> set[int]:
    """Keys of those streams of this kind in which another person, or nobody, did something after `since`. One query."""
    there = Event.objects.filter(stream__kind=kind, stream__key__in=keys, at__gt=since)
    return set(there.exclude(by=by).values_list("stream__key", flat=True).distinct())
