"""How a person signs in, without secrets, for their own data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from synergy.audit.models import OF_ONESELF, AuditEvent
from synergy.people.models import Person
from synergy.people.own_data import Rows, register, register_teller


def tell_own_data() -> None:
    register(
        Rows(EmailAddress, ("user",), ("email", "verified", "primary")),
        Rows(Authenticator, ("user",), ("type", "created_at", "last_used_at")),
        Rows(UserSession, ("user",), ("created_at", "last_seen_at", "ip", "user_agent")),
    )
    register_teller("audit_trail", _acts)


def _acts(person: Person) -> Iterable[dict[str, Any]]:
    rows = AuditEvent.objects.filter(by=person.pk).order_by("pk")
    for row in rows.values("at", "act", "about", "address"):
        # What was done to others names them.
        yield dict(row) if row["act"] in OF_ONESELF else {**row, "about": ""}
