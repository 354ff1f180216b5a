from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from synergy.audit.models import Act
from synergy.audit.trail import note
from synergy.cohorts.actions import lock_cohort
from synergy.cohorts.models import Cohort
from synergy.hooks.models import Delivery, Hook
from synergy.hooks.sending import deliver
from synergy.hooks.signing import secret_of
from synergy.hooks.sources import all_sources
from synergy.live.refusals import Refused
from synergy.outward import NotPublic, Unreachable
from synergy.people.models import Person
from synergy.posting import address_of, look_up

HOOKS_LIMIT = 20
"""Most open hooks of a cohort."""


def register_hook(
    *, person: Person, cohort: Cohort, url: str, kinds: Sequence[str], now: datetime
) -> tuple[Hook, str]:
    """The hook, and its secret, which is shown once. Raises Refused (`invalid`, `conflict`)."""
    known = [kind for kind, _label in all_sources() if kind in kinds]
    if not known:
        raise Refused("invalid", _("Choose what it hears of."))
    _check(url)
    salt = secrets.token_urlsafe(32)
    with transaction.atomic():
        lock_cohort(cohort.pk)
        if Hook.objects.filter(cohort=cohort, ended_at__isnull=True).count() >= HOOKS_LIMIT:
            raise Refused(
                "conflict", _("There is room for %(limit)d. Remove one first.") % {"limit": HOOKS_LIMIT}
            )
        hook = Hook.objects.create(
            cohort=cohort, person=person, url=url, kinds=known, salt=salt, created_at=now
        )
        note(Act.HOOK_MADE, by=person.pk, cohort=cohort.pk, about=url, now=now)
    return hook, secret_of(hook)


def send_test(*, hook: Hook, now: datetime) -> Delivery:
    """A message `hook.test`, signed and sent as all others. Raises Refused."""
    with transaction.atomic():
        held = Hook.objects.select_for_update().get(pk=hook.pk)
        if held.ended_at is not None:
            raise Refused("conflict", _("It is switched off."))
        own = Delivery.objects.filter(hook=hook, stream_kind="hook")
        number = (own.aggregate(newest=Max("seq"))["newest"] or 0) + 1
        delivery = Delivery.objects.create(
            hook=hook,
            stream_kind="hook",
            stream_key=hook.pk,
            seq=number,
            name="hook.test",
            at=now,
            due_at=now,
        )
        deliver.enqueue(hook.pk, "hook", hook.pk)
    return delivery


def _check(url: str) -> None:
    """Whether anything may be sent there; asked again each time something is."""
    try:
        parts = address_of(url)
        look_up(parts.hostname or "", parts.port or 443)
    except (NotPublic, ValueError):
        raise Refused("invalid", _("Write a public address that begins with https://.")) from None
    except (OSError, Unreachable):
        raise Refused("invalid", _("No server with this name can be found. Check the address.")) from None
