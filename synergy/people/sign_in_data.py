"""How a person signs in, without secrets, for their own data."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from synergy.people.own_data import Rows, register


def tell_own_data() -> None:
    register(
        Rows(EmailAddress, ("user",), ("email", "verified", "primary")),
        Rows(Authenticator, ("user",), ("type", "created_at", "last_used_at")),
        Rows(UserSession, ("user",), ("created_at", "last_seen_at", "ip", "user_agent")),
    )
