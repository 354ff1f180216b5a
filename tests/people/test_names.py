import pytest
from django.core.exceptions import ValidationError

from synergy.people.names import check_name, tidy_name


@pytest.mark.parametrize(
    "name",
    ["Boros Péterné", "Йорданка Стоянова", "Ģirts Kalniņš", "O'Neill-Łęcki", "Ľubica Horváthová, PhD."],
)
def test_names_of_people(name):
    check_name(name)
    assert tidy_name(f"  {name.replace(' ', '   ')} ") == name


@pytest.mark.parametrize(
    "name", ["Anna\u202eavoN", "An\u200bna", "Anna\x07", "anna@office.example", "12 34", ""]
)
def test_names_that_hide_something(name):
    with pytest.raises(ValidationError):
        check_name(name)


def test_letters_are_composed():
    assert tidy_name("Pe\u0301terne\u0301") == "Péterné"
