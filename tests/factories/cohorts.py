"""Programmes, cohorts, seats and invitations."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from synergy.cohorts.models import Cohort, Edition, Invitation, Programme, Role, Seat
from tests.factories.people import make_institution, make_person

NOON = datetime(2026, 2, 10, 12, tzinfo=UTC)
_number = count(1)


def make_edition(programme=None, number=None, starts_on=date(2026, 1, 12), ends_on=date(2026, 12, 18)):
    programme = programme or Programme.objects.get_or_create(name="SYNERGIA")[0]
    return Edition.objects.create(
        programme=programme, number=number or next(_number), starts_on=starts_on, ends_on=ends_on
    )


def make_cohort(name="Cohort A", edition=None):
    return Cohort.objects.create(edition=edition or make_edition(), name=name)


def make_seat(cohort=None, person=None, institution=None, role=Role.PARTICIPANT, created_at=NOON, **fields):
    return Seat.objects.create(
        cohort=cohort or make_cohort(),
        person=person or make_person(),
        institution=institution or make_institution(),
        role=role,
        created_at=created_at,
        **fields,
    )


def make_invitation(cohort=None, invited_by=None, created_at=NOON, **fields):
    number = next(_number)
    fields.setdefault("email", f"guest{number}@office.example")
    fields.setdefault("name", f"Guest {number}")
    fields.setdefault("token_hash", f"{number:064x}")
    fields.setdefault("expires_at", created_at + timedelta(days=14))
    if "institution" not in fields:
        fields["institution"] = make_institution()
    return Invitation.objects.create(
        cohort=cohort or make_cohort(),
        invited_by=invited_by or make_person(),
        created_at=created_at,
        **fields,
    )
