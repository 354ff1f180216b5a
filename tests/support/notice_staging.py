"""A challenge for a process of its own, and what became of the notices about it.

Runs beside an installation: `installation.stage("draft", 0, module="notice_staging")`.
"""

from __future__ import annotations

from challenges.models import State
from synergy.cohorts.models import Role, Seat
from synergy.notices.models import Notice, QuietHours
from tests.factories import make_institution, make_person, make_seat
from tests.factories.challenges import make_challenge
from tests.support.staging import sign_in


def draft(_number: int) -> dict[str, object]:
    """A draft of somebody of the cohort, and those who are told when it is submitted, at any hour of the clock."""
    author = Seat.objects.filter(cohort__name="Bench").order_by("pk")[0]
    told = [make_person(name, email=f"{name}@office.example") for name in ("fiona", "olga")]
    for person in told:
        make_seat(author.cohort, person, make_institution(f"Office of {person}"), role=Role.FACILITATOR)
        QuietHours.objects.create(person=person, at_night=False, at_weekends=False)
    challenge = make_challenge(author.cohort, author.institution, author.person, State.DRAFT)
    return {
        "stream": f"challenge:{challenge.pk}",
        "cookie": sign_in(author.person),
        "told": sorted(person.email for person in told),
    }


def waiting(_number: int) -> dict[str, object]:
    """How many notices there are, and how many of them were not mailed."""
    return {
        "notices": Notice.objects.count(),
        "not_mailed": Notice.objects.filter(mailed_at__isnull=True).count(),
    }


TASKS = {"draft": draft, "waiting": waiting}
