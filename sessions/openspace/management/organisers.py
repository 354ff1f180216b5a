"""In whose name a command works, and where."""

from __future__ import annotations

from django.core.management.base import CommandError

from sessions.models import TrainingSession
from synergy.cohorts.models import Role
from synergy.cohorts.queries import active_seats
from synergy.people.models import Person


def session_numbered(pk: int) -> TrainingSession:
    """Raises CommandError."""
    session = TrainingSession.objects.select_related("cohort").filter(pk=pk).first()
    if session is None:
        raise CommandError(f"there is no training session {pk}.")
    return session


def organiser_of(session: TrainingSession, email: str | None) -> Person:
    """The organiser or facilitator with that address, or the first one of the cohort. Raises CommandError."""
    seats = active_seats(session.cohort_id).filter(role__in=[Role.ORGANISER, Role.FACILITATOR])
    if email:
        seats = seats.filter(person__email=email.strip().lower())
    seat = seats.order_by("-role", "pk").first()
    if seat is None:
        whom = f"{email} is no" if email else "there is no"
        raise CommandError(f"{whom} facilitator or organiser of this cohort.")
    return seat.person
