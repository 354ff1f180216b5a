from datetime import date

import pytest
from django.core.management import CommandError, call_command

from synergy.cohorts.models import Cohort, Edition, Role, Seat
from synergy.people.models import Institution, Person

pytestmark = pytest.mark.django_db
FOUND = {
    "name": "Ilze Bērziņa",
    "institution": "State Chancellery",
    "country": "LV",
    "programme": "Leading Together",
    "starts_on": date(2027, 1, 11),
    "ends_on": date(2027, 6, 25),
    "cohort": "Spring",
    "time_zone": "Europe/Riga",
}


def test_an_empty_installation_gets_a_cohort_with_an_organiser():
    call_command("found_cohort", "Ilze@chancellery.example", **FOUND)

    seat = Seat.objects.select_related("person", "institution", "cohort__edition__programme").get()
    assert (seat.person.email, seat.person.name) == ("ilze@chancellery.example", "Ilze Bērziņa")
    assert (seat.role, seat.institution.country, seat.person.time_zone) == (
        Role.ORGANISER,
        "LV",
        "Europe/Riga",
    )
    assert str(seat.cohort.edition) == "Leading Together, 1"


def test_running_it_again_changes_nothing():
    call_command("found_cohort", "ilze@chancellery.example", **FOUND)
    call_command("found_cohort", "ilze@chancellery.example", **FOUND)

    counts = [model.objects.count() for model in (Seat, Cohort, Edition, Institution, Person)]
    assert counts == [1, 1, 1, 1, 1]


def test_an_edition_that_ends_before_it_starts_is_refused():
    with pytest.raises(CommandError, match="edition_ends_after_start"):
        call_command("found_cohort", "ilze@chancellery.example", **{**FOUND, "ends_on": date(2026, 1, 1)})

    assert not Person.objects.exists()
