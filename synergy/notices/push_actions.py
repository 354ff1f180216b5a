"""Switching on and off in which browsers a person is pushed."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from synergy.live.refusals import Refused
from synergy.notices.models import Browser
from synergy.notices.queries import browsers_of
from synergy.people.models import Person

MOST = 10
"""Browsers of one person."""


@transaction.atomic
def add_browser(
    *, person: Person, session_key: str, endpoint: str, p256dh: str, auth: str, now: datetime
) -> None:
    """Pushes to the browser of this sign-in; whoever was pushed there before is no more.

    Raises Refused("forbidden") above `MOST`, Refused("not_found") when the sign-in has ended, and
    Refused("conflict") when two people are given the same browser at the same moment.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    session = UserSession.objects.filter(user=person, session_key=session_key).first()
    if session is None:
        raise Refused("not_found", _("That did not work. Load the page again."))
    Browser.objects.filter(endpoint=endpoint).exclude(session=session).delete()
    others = browsers_of([person.pk], now).exclude(session=session)
    if others.count() >= MOST:
        raise Refused("forbidden", _("These are as many browsers as one can have. Remove one first."))
    said = {"person": person, "endpoint": endpoint, "p256dh": p256dh, "auth": auth, "added_at": now}
    try:
        with transaction.atomic():
            Browser.objects.update_or_create(session=session, defaults=said)
    except IntegrityError:  # somebody else is given this browser at this moment
        raise Refused("conflict", _("That did not work. Load the page again.")) from None


def remove_browser(*, person: Person, browser: int) -> None:
    """No more pushes there. Those of others stay."""
    Browser.objects.filter(person=person, pk=browser).delete()
