from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from synergy.cohorts.models import Cohort, Role, Seat
from synergy.people.models import Person

DATES = {"starts": "2026-01-12", "ends": "2026-12-18"}
OFFICE = {"institution": "School of Administration", "country": "BG"}


def start(email="rumyana@office.example", **options):
    out = StringIO()
    dates = {**DATES, **options}
    flags = [f"--{name}={value}" for name, value in {**dates, **OFFICE}.items()]
    call_command("start_cohort", email, "Румяна Илиева", *flags, stdout=out)
    return out.getvalue()


def test_a_cohort_starts_with_its_organiser_and_two_rooms(db):
    assert "rumyana@office.example" in start()
    seat = Seat.objects.get()
    assert (seat.role, seat.person.name, seat.person.time_zone) == (
        Role.ORGANISER,
        "Румяна Илиева",
        "Europe/Sofia",
    )
    assert sorted(seat.cohort.rooms.values_list("name", "kind")) == [
        ("Lounge", "lounge"),
        ("Plenary", "plenary"),
    ]


def test_starting_it_again_adds_nothing(db):
    start()
    start()
    assert (Cohort.objects.count(), Seat.objects.count(), Cohort.objects.get().rooms.count()) == (1, 1, 2)


@pytest.mark.parametrize("wrong", [{"email": "rumyana"}, {"ends": "2025-01-01"}])
def test_what_cannot_be(db, wrong):
    with pytest.raises(CommandError):
        start(**wrong)
    assert not Person.objects.exists()
