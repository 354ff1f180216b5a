"""The access table of a seat, whole."""

import pytest

from synergy.cohorts.models import Role
from synergy.cohorts.queries import cohorts_of, managed_cohort, seat_in, shares_cohort
from synergy.cohorts.rules import can_manage_people, can_moderate, can_write, is_active
from tests.factories import NOON, make_cohort, make_edition, make_person, make_seat

TABLE = """
                    active  write  moderate  manage
participant         yes     yes    no        no
facilitator         yes     yes    yes       no
organiser           yes     yes    yes       yes
observer            yes     no     no        no
ended participant   no      no     no        no
ended facilitator   no      no     no        no
ended organiser     no      no     no        no
no seat             no      no     no        no
"""
RULES = {"active": is_active, "write": can_write, "moderate": can_moderate, "manage": can_manage_people}


def seat_like(words):
    if words == "no seat":
        return None
    ended_at = NOON if words.startswith("ended ") else None
    return make_seat(role=Role(words.removeprefix("ended ")), ended_at=ended_at)


@pytest.mark.parametrize("line", TABLE.strip().splitlines()[1:])
def test_what_a_seat_allows(db, line):
    columns = TABLE.split("\n")[1].split()
    *words, active, write, moderate, manage = line.split()
    seat = seat_like(" ".join(words))
    allowed = {column: RULES[column](seat) for column in columns}
    expected = dict(zip(columns, [active, write, moderate, manage], strict=True))
    assert {column: "yes" if may else "no" for column, may in allowed.items()} == expected


def test_every_role_is_in_the_table():
    assert {line.split()[0] for line in TABLE.strip().splitlines()} >= set(Role.values)


def test_a_cohort_is_found_only_through_an_active_seat(db):
    seat, elsewhere = make_seat(role=Role.ORGANISER), make_seat(role=Role.ORGANISER)
    assert seat_in(seat.person, seat.cohort_id) == seat
    assert managed_cohort(seat.person, seat.cohort_id) == seat.cohort
    assert seat_in(seat.person, elsewhere.cohort_id) is None
    assert managed_cohort(seat.person, elsewhere.cohort_id) is None
    seat.ended_at = NOON
    seat.save()
    assert seat_in(seat.person, seat.cohort_id) is None


def test_the_newest_edition_comes_first(db):
    person = make_person()
    cohorts = [
        make_cohort(edition=make_edition(starts_on=f"{year}-01-01", ends_on=f"{year}-12-01"))
        for year in (2025, 2027, 2026)
    ]
    for cohort in cohorts:
        make_seat(cohort, person)
    assert cohorts_of(person) == [cohorts[1], cohorts[2], cohorts[0]]


def test_who_sees_whom(db):
    anna = make_seat()
    boris = make_seat(anna.cohort)
    gone = make_seat(anna.cohort, ended_at=NOON)
    stranger = make_seat()
    assert shares_cohort(anna.person, boris.person)
    assert shares_cohort(anna.person, gone.person)
    assert not shares_cohort(gone.person, anna.person)
    assert not shares_cohort(stranger.person, anna.person)
    assert shares_cohort(gone.person, gone.person)
