from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from synergy.audit.models import Act
from synergy.audit.trail import note
from synergy.keys.models import AccessToken
from synergy.keys.scopes import all_scopes
from synergy.keys.secrets import hash_of, new_token
from synergy.live.refusals import Refused
from synergy.people.models import Person

PREFIX = "syn_"
"""So that a token which was left lying about can be recognised as one."""
DAYS = (30, 90, 365)
TOKENS_LIMIT = 50
"""Most tokens of one person that are open at once."""
USE_NOTED_EVERY = timedelta(minutes=1)


def make_token(
    *, person: Person, name: str, scopes: Sequence[str], days: int, now: datetime
) -> tuple[AccessToken, str]:
    """The token, and its secret, which is kept nowhere. Raises Refused."""
    known = [scope for scope, _label in all_scopes() if scope in scopes]
    if not known or days not in DAYS or not name.strip():
        raise Refused("invalid", _("Say a name, what it may do and how long."))
    secret = PREFIX + new_token()
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        still_open = AccessToken.objects.filter(person=person, revoked_at__isnull=True, expires_at__gt=now)
        if still_open.count() >= TOKENS_LIMIT:
            raise Refused(
                "conflict", _("There is room for %(limit)d. End one first.") % {"limit": TOKENS_LIMIT}
            )
        token = AccessToken.objects.create(
            person=person,
            name=name.strip()[:80],
            scopes=known,
            token_hash=hash_of(secret),
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        note(Act.TOKEN_MADE, by=person.pk, about=f"{token.name} ({', '.join(known)})", now=now)
    return token, secret


@transaction.atomic
def revoke_token(*, person: Person, pk: int, now: datetime) -> bool:
    """It opens nothing from the next request on. Whether it was the person's, and open."""
    rows = AccessToken.objects.filter(person=person, pk=pk, revoked_at__isnull=True)
    ended = rows.update(revoked_at=now) > 0
    if ended:
        note(Act.TOKEN_ENDED, by=person.pk, about=AccessToken.objects.get(pk=pk).name, now=now)
    return ended


def revoke_all_of(person_id: int, now: datetime) -> None:
    """Called in the transaction that takes somebody's last seat. Those of a closed account open nothing anyway."""
    AccessToken.objects.filter(person=person_id, revoked_at__isnull=True).update(revoked_at=now)


def note_use(token: AccessToken, now: datetime) -> None:
    """Once a minute at most, so that reading does not write."""
    before = now - USE_NOTED_EVERY
    if token.last_used_at is None or token.last_used_at < before:
        rows = AccessToken.objects.filter(Q(last_used_at__isnull=True) | Q(last_used_at__lt=before))
        rows.filter(pk=token.pk).update(last_used_at=now)
