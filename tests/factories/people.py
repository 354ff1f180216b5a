"""Persons and institutions. Every factory fills in what the test does not say."""

from itertools import count

from synergy.people.models import Institution, Person

_number = count(1)


def make_person(name=None, **fields):
    number = next(_number)
    fields.setdefault("email", f"person{number}@office.example")
    return Person.objects.create_user(name=name or f"Person {number}", **fields)


def make_institution(name=None, country="PL", tier="field"):
    return Institution.objects.create(name=name or f"Office {next(_number)}", country=country, tier=tier)
