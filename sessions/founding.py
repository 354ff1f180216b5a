"""The beginning of a cohort: its first two rooms, and the organiser who invites everybody else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from rooms.actions import open_room
from rooms.models import RoomKind
from synergy.cohorts.actions import give_seat
from synergy.cohorts.models import Cohort, Edition, Programme, Role, Seat
from synergy.people.actions import register_person
from synergy.people.models import Institution, Person
from synergy.people.names import check_name

FIRST_ROOMS = (
    ("Plenary", "Where we all meet", RoomKind.PLENARY),
    ("Lounge", "Coffee, weather, anything", RoomKind.LOUNGE),
)
Row = TypeVar("Row", bound=Model)


@transaction.atomic
def found_cohort(
    *,
    programme: str,
    edition: int,
    starts_on: date,
    ends_on: date,
    cohort: str,
    email: str,
    name: str,
    institution: str,
    country: str,
    tier: str,
    time_zone: str,
    now: datetime,
) -> Seat:
    """The organiser's seat. What is there already under these names is taken as it is, so it may be run again.

    Raises django.core.exceptions.ValidationError when something cannot be; nothing is made then.
    """
    _check_person(email=email, name=name, time_zone=time_zone)
    found_programme = _found(Programme, {}, name=programme)
    dates = {"starts_on": starts_on, "ends_on": ends_on}
    found_edition = _found(Edition, dates, programme=found_programme, number=edition)
    found_institution = _found(Institution, {"tier": tier}, country=country, name=institution)
    found_cohort = _found(Cohort, {}, edition=found_edition, name=cohort)
    organiser = register_person(email=email, name=name, language="en", time_zone=time_zone)
    seat = give_seat(
        cohort=found_cohort, person=organiser, institution=found_institution, role=Role.ORGANISER, now=now
    )
    for room, title, kind in FIRST_ROOMS:
        if not found_cohort.rooms.filter(name=room).exists():
            open_room(person=organiser, cohort=found_cohort, name=room, title=title, kind=kind, now=now)
    return seat


def _check_person(**fields: str) -> None:
    check_name(fields["name"])
    Person(**fields).clean_fields(exclude=["password"])


def _found(model: type[Row], more: dict[str, Any], **names: Any) -> Row:
    row = model._default_manager.filter(**names).first()
    if row is None:
        row = model(**names, **more)
        row.full_clean()
        row.save()
    return row
