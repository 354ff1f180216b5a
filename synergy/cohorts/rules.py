"""What a seat allows. Each rule is a plain yes or no; the whole table is tested at once."""

from __future__ import annotations

from datetime import datetime

from synergy.cohorts.models import Invitation, Role, Seat


def is_active(seat: Seat | None) -> bool:
    """Whether the seat gives any rights at all."""
    return seat is not None and seat.ended_at is None


def can_write(seat: Seat | None) -> bool:
    """Everybody but an observer."""
    return seat is not None and is_active(seat) and seat.role != Role.OBSERVER


def can_moderate(seat: Seat | None) -> bool:
    """Facilitators and organisers keep order in rooms."""
    return seat is not None and is_active(seat) and seat.role in (Role.FACILITATOR, Role.ORGANISER)


def can_manage_people(seat: Seat | None) -> bool:
    """Organisers invite people, change roles and end seats."""
    return seat is not None and is_active(seat) and seat.role == Role.ORGANISER


def can_ask_for_invitation(seat: Seat | None) -> bool:
    """Whoever may write may ask that a colleague be invited; organisers invite."""
    return can_write(seat) and not can_manage_people(seat)


def is_open(invitation: Invitation, now: datetime) -> bool:
    """Whether the invitation can still be accepted."""
    return invitation.accepted_at is None and invitation.revoked_at is None and now < invitation.expires_at
