"""What a person was told and how they want to be told, for their own data."""

from __future__ import annotations

from synergy.notices.models import Browser, Choice, Notice, QuietHours
from synergy.people.own_data import Rows, register


def tell_own_data() -> None:
    register(
        Rows(
            Notice, ("person",), ("kind", "values", "address", "at", "read_at", "mail", "mailed_at", "push")
        ),
        Rows(Choice, ("person",), ("kind", "in_app", "mail", "push")),
        Rows(Browser, ("person",), ("added_at", "session__user_agent")),
        Rows(QuietHours, ("person",), ("at_night", "starts", "ends", "at_weekends")),
    )
