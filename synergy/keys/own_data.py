"""A person's access tokens without their secrets, for their own data."""

from __future__ import annotations

from synergy.keys.models import AccessToken
from synergy.people.own_data import Rows, register


def tell_own_data() -> None:
    register(
        Rows(
            AccessToken,
            ("person",),
            ("name", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at"),
        )
    )
