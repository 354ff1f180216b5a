from datetime import date, timedelta

import pytest

from synergy.cohorts.models import Cohort, Edition, Invitation, Seat
from tests.factories import (
    NOON,
    make_cohort,
    make_edition,
    make_institution,
    make_invitation,
    make_person,
    make_seat,
)
from tests.support.constraints import refused_by


def test_an_edition_has_a_number_of_its_own_and_ends_after_it_starts(db):
    edition = make_edition(number=4)
    good = {"programme": edition.programme, "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 1)}
    with refused_by(Edition, "edition_programme_number"):
        Edition.objects.create(**good, number=4)
    with refused_by(Edition, "edition_ends_after_start"):
        Edition.objects.create(**{**good, "ends_on": date(2025, 12, 31)}, number=5)
    Edition.objects.create(**good, number=5)


def test_a_cohort_has_a_name_of_its_own(db):
    cohort = make_cohort(name="Cohort A")
    with refused_by(Cohort, "cohort_edition_name"):
        Cohort.objects.create(edition=cohort.edition, name="Cohort A")
    Cohort.objects.create(edition=cohort.edition, name="Cohort B")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("seat_cohort_person", {"person": "taken"}),
        ("seat_role_known", {"role": "king"}),
        ("seat_ends_after_start", {"ended_at": NOON - timedelta(seconds=1)}),
    ],
)
def test_a_seat_that_the_database_refuses(db, name, fields):
    taken = make_seat()
    good = {"cohort": taken.cohort, "institution": taken.institution, "role": "observer", "created_at": NOON}
    if fields.get("person") == "taken":
        fields = {"person": taken.person}
    with refused_by(Seat, name):
        Seat.objects.create(**{**good, "person": make_person(), **fields})
    Seat.objects.create(**good, person=make_person(), ended_at=NOON)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("invitation_one_open_per_email", {"email": "waiting@office.example"}),
        ("invitation_email_lower", {"email": "Anna@office.example"}),
        ("invitation_role_known", {"role": "king"}),
        ("invitation_expires_after_start", {"expires_at": NOON}),
        ("invitation_accepted_has_seat", {"accepted_at": NOON}),
    ],
)
def test_an_invitation_that_the_database_refuses(db, name, fields):
    waiting = make_invitation(email="waiting@office.example")
    good = {"cohort": waiting.cohort, "invited_by": waiting.invited_by, "institution": waiting.institution}
    with refused_by(Invitation, name):
        make_invitation(**good, **fields)
    make_invitation(**good)


def test_an_invitation_is_accepted_or_revoked_not_both(db):
    seat = make_seat()
    with refused_by(Invitation, "invitation_accepted_or_revoked"):
        make_invitation(seat=seat, accepted_at=NOON, revoked_at=NOON)
    make_invitation(seat=seat, accepted_at=NOON)


def test_an_address_can_be_invited_again_once_its_invitation_is_closed(db):
    institution, cohort = make_institution(), make_cohort()
    for closed in ({"revoked_at": NOON}, {"accepted_at": NOON, "seat": make_seat(cohort)}, {}):
        make_invitation(cohort, email="anna@office.example", institution=institution, **closed)
