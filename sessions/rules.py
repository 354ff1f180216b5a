from __future__ import annotations

from datetime import datetime

from sessions.models import JoinCode
from synergy.cohorts.models import Seat
from synergy.cohorts.rules import can_manage_people, can_moderate


def is_valid(code: JoinCode, now: datetime) -> bool:
    return code.revoked_at is None and code.valid_from <= now < code.valid_until


def can_plan(seat: Seat | None) -> bool:
    """Facilitators and organisers write the programme."""
    return can_moderate(seat)


def can_show_code(seat: Seat | None) -> bool:
    """Facilitators and organisers make a join code and put it on the screen."""
    return can_moderate(seat)


def can_grant_seats(seat: Seat | None) -> bool:
    """Only an organiser's code lets in people who have no seat."""
    return can_manage_people(seat)
