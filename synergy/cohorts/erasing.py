"""A person's seats end, and the invitations to their address lose it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from synergy.cohorts.actions import end_seat
from synergy.cohorts.models import Invitation, Seat
from synergy.people.erasing import NOBODY, Swap
from synergy.people.models import Person


def erase(person: Person, swap: Swap, now: datetime) -> Mapping[str, int]:
    """See `synergy.people.erasing.register`. Raises Refused when a cohort would be left without organiser."""
    seats = list(Seat.objects.filter(person=person, ended_at__isnull=True))
    for seat in seats:
        end_seat(seat=seat, now=now)
    invitations = Invitation.objects.filter(email=person.email)
    invitations.filter(accepted_at__isnull=True, revoked_at__isnull=True).update(revoked_at=now)
    return {"seats": len(seats), "invitations": invitations.update(name=NOBODY)}
