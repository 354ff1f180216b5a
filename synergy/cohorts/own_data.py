"""What cohorts keep of a person, for their own data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from synergy.cohorts.models import Invitation, Seat
from synergy.people.models import Person
from synergy.people.own_data import Rows, register, register_teller

_INVITATION = ("cohort__name", "role", "created_at", "sent_at", "accepted_at", "revoked_at")


def tell_own_data() -> None:
    register(
        Rows(
            Seat,
            ("person",),
            ("cohort__name", "institution__name", "role", "is_coordinator", "created_at", "ended_at"),
        ),
        Rows(Invitation, ("invited_by",), _INVITATION),
    )
    register_teller("invitations_to_you", _invitations)


def _invitations(person: Person) -> Iterator[dict[str, Any]]:
    rows = Invitation.objects.filter(email=person.email).order_by("pk")
    yield from rows.values("id", "email", "name", "institution__name", *_INVITATION)
