"""The webhooks that a person registered, without their secrets, for their own data."""

from __future__ import annotations

from synergy.hooks.models import Hook
from synergy.people.own_data import Rows, register


def tell_own_data() -> None:
    register(Rows(Hook, ("person",), ("cohort__name", "url", "kinds", "created_at", "ended_at", "ended")))
