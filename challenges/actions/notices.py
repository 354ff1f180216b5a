"""Who is told about a step: in its transaction, and once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse

from challenges.models import Challenge, State, Step
from challenges.notices import TO_PEERS, kind_of
from synergy.cohorts.models import Role, Seat
from synergy.cohorts.queries import active_seats
from synergy.cohorts.rules import can_moderate
from synergy.notices.actions import notify
from synergy.people.models import Person

TO_AUTHORS = (State.RETURNED, State.ACCEPTED, State.ASSIGNED, State.ANSWERED, State.CLOSED)
TO_FACILITATORS = (State.SUBMITTED, State.CLOSED)
"""The states whose coming is told, and to whom. Who took the step needs not be told of it."""


def tell_of(step: Step, now: datetime) -> None:
    """Tells those whom the step concerns."""
    notify(
        people=people_concerned(step),
        kind=kind_of(step.to_state),
        key=str(step.pk),
        values={**_values(step.challenge), "who": step.by.name, "why": step.why},
        address=_address(step.challenge),
        now=now,
    )


def tell_peers(challenge: Challenge, peers: Collection[int], now: datetime) -> None:
    """Tells these persons, by id, that their group works on it. Nobody is told twice of one challenge."""
    notify(
        people=Person.objects.filter(pk__in=peers),
        kind=TO_PEERS,
        key=str(challenge.pk),
        values=_values(challenge),
        address=_address(challenge),
        now=now,
    )


def people_concerned(step: Step) -> list[Person]:
    """By name. Only people whose seat in the cohort is active."""
    challenge = step.challenge
    seats = active_seats(challenge.cohort_id).filter(person__is_active=True)
    return [seat.person for seat in seats if seat.person_id != step.by_id and _concerns(seat, step)]


def _concerns(seat: Seat, step: Step) -> bool:
    is_author = seat.role == Role.PARTICIPANT and seat.institution_id == step.challenge.institution_id
    return (is_author and step.to_state in TO_AUTHORS) or (
        can_moderate(seat) and step.to_state in TO_FACILITATORS
    )


def _values(challenge: Challenge) -> dict[str, str]:
    return {"title": str(challenge), "institution": challenge.institution.name}


def _address(challenge: Challenge) -> str:
    return reverse("challenges:challenge", args=[challenge.pk])
