"""The people whom a file names, found by their address or made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError

from sessions.models import TrainingSession
from sessions.openspace.archive.file import ArchiveError, PersonRecord
from synergy.cohorts.models import Seat
from synergy.people.models import Institution, Person, check_time_zone


def seated_people(
    records: Sequence[PersonRecord], session: TrainingSession, now: datetime
) -> dict[str, Person]:
    """{address: person}, each with a seat in the session's cohort if the file knows one. Raises ArchiveError."""
    known = Person.objects.in_bulk([record.email for record in records], field_name="email")
    seated = set(Seat.objects.filter(cohort=session.cohort_id).values_list("person", flat=True))
    found = {}
    for at, record in enumerate(records):
        person = known.get(record.email) or _new_person(record, f"$.people[{at}]")
        if person.pk not in seated:
            _give_seat(person, record, session, now)
        found[record.email] = person
    return found


def _new_person(record: PersonRecord, path: str) -> Person:
    """Without a password: they sign in with a code."""
    try:
        check_time_zone(record.time_zone)
    except ValidationError:
        raise ArchiveError(f"{path}.time_zone: nobody knows {record.time_zone} here") from None
    return Person.objects.create_user(
        record.email, name=record.name, language=record.language, time_zone=record.time_zone
    )


def _give_seat(person: Person, record: PersonRecord, session: TrainingSession, now: datetime) -> None:
    if record.institution is None or record.role is None:
        return
    institution, _made = Institution.objects.get_or_create(
        country=record.institution.country,
        name=record.institution.name,
        defaults={"tier": record.institution.tier},
    )
    Seat.objects.create(
        cohort=session.cohort,
        person=person,
        institution=institution,
        role=record.role,
        is_coordinator=record.is_coordinator,
        created_at=now,
    )
