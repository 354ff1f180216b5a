from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from synergy.cohorts.models import Cohort, Edition, Programme, Role, Seat
from synergy.people.models import Institution, Person

OPTIONS = {
    "name": "Румяна Илиева",
    "institution": "School of Administration",
    "country": "BG",
    "starts-on": "2026-01-12",
    "ends-on": "2026-12-18",
}


def start(email="Rumyana@office.example", **options):
    out = StringIO()
    wanted = {**OPTIONS, **{name.replace("_", "-"): value for name, value in options.items()}}
    call_command("start_cohort", email, *[f"--{name}={value}" for name, value in wanted.items()], stdout=out)
    return out.getvalue()


def test_a_cohort_starts_with_its_organiser_and_two_rooms(db, client):
    words = start()
    assert "rumyana@office.example" in words
    assert "/accounts/login/" in words
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
    counts = [model.objects.count() for model in (Seat, Cohort, Edition, Programme, Institution, Person)]
    assert counts == [1] * 6
    assert Cohort.objects.get().rooms.count() == 2


def test_the_zone_may_be_another_than_that_of_the_country(db):
    start(time_zone="Europe/Lisbon")
    assert Person.objects.get().time_zone == "Europe/Lisbon"


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "rumyana"},
        {"email": "a" * 250 + "@office.example"},
        {"name": ""},
        {"name": "a@b"},
        {"time_zone": "Mars/North"},
        {"ends_on": "2025-01-01"},
        {"cohort": "x" * 121},
        {"institution": ""},
        {"programme": ""},
    ],
    ids=str,
)
def test_what_cannot_be(db, wrong):
    with pytest.raises(CommandError):
        start(**wrong)
    assert not Person.objects.exists()
    assert not Programme.objects.exists()
