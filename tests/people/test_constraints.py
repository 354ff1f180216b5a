import pytest

from synergy.people.models import Institution, Person
from tests.factories import make_institution, make_person
from tests.support.constraints import refused_by


@pytest.fixture
def person(db):
    return make_person(email="ilze@office.example")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("person_email_unique", {"email": "ilze@office.example"}),
        ("person_email_lower", {"email": "Anna@office.example"}),
        ("person_has_name", {"name": ""}),
        ("person_language_known", {"language": "xx"}),
    ],
)
def test_a_person_that_the_database_refuses(person, name, fields):
    good = {"email": "anna@office.example", "name": "Anna", "language": "pl"}
    with refused_by(Person, name):
        Person.objects.create(**{**good, **fields})
    Person.objects.create(**good)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("institution_country_name", {"name": "City Office"}),
        ("institution_country_known", {"country": "XX"}),
        ("institution_tier_known", {"tier": "planet"}),
    ],
)
def test_an_institution_that_the_database_refuses(db, name, fields):
    make_institution("City Office", country="LV")
    good = {"name": "Port Office", "country": "LV", "tier": "field"}
    with refused_by(Institution, name):
        Institution.objects.create(**{**good, **fields})
    Institution.objects.create(**good)


def test_an_address_is_one_whatever_its_letters(db):
    assert make_person(email="Ilze@Office.Example").email == "ilze@office.example"
