"""One cohort with somebody in every role, and an open room of theirs."""

from types import SimpleNamespace

import pytest

from rooms.queries import room_for
from synergy.cohorts.models import Role
from tests.factories import make_cohort, make_institution, make_person, make_room, make_seat


@pytest.fixture
def house(db):
    """`house.anna` and the others are persons; `house.into(person)` is the room as that person sees it."""
    cohort = make_cohort()
    office = make_institution("Voivodeship Office", country="PL")
    room = make_room(cohort, "Amber")

    def seated(name, role=Role.PARTICIPANT, **fields):
        person = make_person(name)
        make_seat(cohort, person, office, role=role, **fields)
        return person

    def into(person, which=room):
        return room_for(person, which.pk)

    return SimpleNamespace(
        cohort=cohort,
        room=room,
        anna=seated("Anna Nowak"),
        boris=seated("Борис Петров"),
        fiona=seated("Fiona Facilitator", Role.FACILITATOR),
        olga=seated("Olga Organiser", Role.ORGANISER),
        otto=seated("Otto Observer", Role.OBSERVER),
        seated=seated,
        into=into,
    )
