from __future__ import annotations

from datetime import datetime

from synergy.keys.models import AccessToken
from synergy.keys.secrets import hash_of
from synergy.people.models import Person


def tokens_of(person: Person) -> list[AccessToken]:
    """Those that were not revoked, expired ones too; the newest first."""
    return list(AccessToken.objects.filter(person=person, revoked_at__isnull=True).order_by("-pk"))


def token_with(secret: str, now: datetime) -> AccessToken | None:
    """The token with its person, if it still opens anything. One query."""
    return (
        AccessToken.objects.filter(token_hash=hash_of(secret), revoked_at__isnull=True, expires_at__gt=now)
        .filter(person__is_active=True)
        .select_related("person")
        .first()
    )
