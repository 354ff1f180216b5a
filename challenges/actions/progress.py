"""How far a challenge is with its group. Apps above decide whether the person may; here are the steps."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from challenges.actions.held import hold, move
from challenges.actions.notices import tell_of
from challenges.models import Challenge, State
from synergy.people.models import Person


def challenge_is_worked_on(*, person: Person, challenge: Challenge, now: datetime) -> None:
    """Its group has begun. One that is further already stays where it is."""
    with transaction.atomic(savepoint=False):
        hold(challenge)
        if challenge.state == State.ASSIGNED:
            move(person, challenge, State.WORKED_ON, now)


def challenge_is_answered(*, person: Person, challenge: Challenge, now: datetime) -> None:
    """Its group has recommended something; its authors are told. One that is further already stays where it is."""
    with transaction.atomic(savepoint=False):
        hold(challenge)
        if challenge.state in (State.ASSIGNED, State.WORKED_ON):
            tell_of(move(person, challenge, State.ANSWERED, now), now)


def challenge_is_in_plan(*, person: Person, challenge: Challenge, now: datetime) -> None:
    """Its institution carries out what its group has advised. One that is closed stays closed."""
    with transaction.atomic(savepoint=False):
        hold(challenge)
        if challenge.state in (State.ASSIGNED, State.WORKED_ON, State.ANSWERED):
            move(person, challenge, State.IN_PLAN, now)
