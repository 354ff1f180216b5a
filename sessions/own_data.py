"""What the programme in time keeps of a person, for their own data."""

from __future__ import annotations

from sessions.models import JoinCode
from synergy.people.own_data import Rows, register


def tell_own_data() -> None:
    when = ("valid_from", "valid_until", "created_at", "revoked_at")
    register(Rows(JoinCode, ("created_by",), ("training_session__title", "grants_seats", *when)))
