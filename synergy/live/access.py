"""Rights that change: every process polls for changes and closes what is no longer allowed.

# Note [Poll, not push]

A revocation must reach every process within a second even when Redis is away, so it is a row
that each process looks for, twice a second. Rows are found by time, with an overlap: numbers
of rows may be committed out of order.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session

from synergy.live.kinds import StreamKind
from synergy.live.models import AccessChange

OVERLAP = timedelta(seconds=30)


def access_changed(persons: Iterable[int], now: datetime) -> None:
    """To be called in the transaction that gives or takes rights, ends a sign-in or closes an account."""
    AccessChange.objects.bulk_create([AccessChange(person=person, at=now) for person in persons])


def changes_since(handled: set[int], now: datetime) -> dict[int, int]:
    """{row id: person} of the changes of the last half minute that are not in `handled`."""
    recent = AccessChange.objects.filter(at__gt=now - OVERLAP).values_list("pk", "person")
    return {pk: person for pk, person in recent if pk not in handled}


def forget_changes(now: datetime) -> None:
    AccessChange.objects.filter(at__lt=now - timedelta(days=1)).delete()


def living_sessions(keys: Iterable[str], now: datetime) -> set[str]:
    """Those of these sign-in sessions that still hold."""
    return set(Session.objects.filter(pk__in=list(keys), expire_date__gt=now).values_list("pk", flat=True))


def active_persons(persons: Iterable[int]) -> set[int]:
    return set(
        get_user_model().objects.filter(pk__in=list(persons), is_active=True).values_list("pk", flat=True)
    )


def still_readers(kind: StreamKind, key: int, persons: Iterable[int]) -> set[int]:
    return kind.readers(key, list(persons))


def session_key(session: SessionBase | None) -> str:
    return (session.session_key if session is not None else None) or ""
