"""Who takes part in a replay: the people of the chat and those who read along, each signed in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from rooms.models import Room
from synergy.cohorts.models import Role, Seat
from synergy.people.models import Country, Institution, Person, Tier


@dataclass(frozen=True)
class Part:
    """Somebody who is signed in: `cookie` is a whole `Cookie` header."""

    person: int
    cookie: str


@dataclass(frozen=True)
class Cast:
    authors: dict[str, Part]
    readers: list[Part]


@contextmanager
def cast(room: Room, names: Sequence[str], readers: int, now: datetime) -> Iterator[Cast]:
    """Seats for people with these names and for so many readers in the room's cohort, all signed in.

    Afterwards all are signed out and the readers' seats have ended. Authors keep theirs, so that
    what they said keeps its face; a second replay finds them again.
    """
    with transaction.atomic():
        office, _ = Institution.objects.get_or_create(
            country=Country.POLAND, name="Chat replay", defaults={"tier": Tier.FIELD}
        )
        authors = {name: _seated(room, office, name, Role.PARTICIPANT, now) for name in names}
        watching = [
            _seated(room, office, f"Reader {number}", Role.OBSERVER, now) for number in range(1, readers + 1)
        ]
    try:
        with signed_in([*authors.values(), *watching]) as parts:
            yield Cast(
                {name: parts[person.pk] for name, person in authors.items()},
                [parts[person.pk] for person in watching],
            )
    finally:
        Seat.objects.filter(cohort_id=room.cohort_id, person__in=watching).update(ended_at=now)


@contextmanager
def signed_in(people: Sequence[Person]) -> Iterator[dict[int, Part]]:
    """These people with a session each, by their ids; afterwards the sessions have ended."""
    with transaction.atomic():
        sessions = {person.pk: _sign_in(person) for person in people}
    try:
        yield {
            pk: Part(pk, f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
            for pk, session in sessions.items()
        }
    finally:
        for session in sessions.values():
            session.delete()


def _seated(room: Room, office: Institution, name: str, role: Role, now: datetime) -> Person:
    digest = hashlib.sha256(name.encode()).hexdigest()[:20]
    person, _ = Person.objects.get_or_create(email=f"{digest}@chat.invalid", defaults={"name": name})
    Seat.objects.update_or_create(
        cohort_id=room.cohort_id,
        person=person,
        defaults={"ended_at": None},
        create_defaults={"institution": office, "role": role, "created_at": now},
    )
    return person


def _sign_in(person: Person) -> SessionBase:
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    session: SessionBase = store()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return session
