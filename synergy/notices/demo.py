"""For the demonstration, which is built in a moment and tells of weeks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F

from synergy.notices.models import Mail, Notice, QuietHours
from synergy.people.models import Person


def settle_notices(people: Iterable[Person], now: datetime) -> None:
    """No mail about what happened long ago, older notices are read, and these people get mail at any hour."""
    invented = list(people)
    theirs = Notice.objects.filter(person__in=invented, delivered_at__isnull=True)
    theirs.filter(at__lt=now - timedelta(hours=1)).update(mail=Mail.NEVER)
    theirs.filter(at__lt=now - timedelta(days=7)).update(read_at=F("at"))
    rows = [QuietHours(person=person, at_night=False, at_weekends=False) for person in invented]
    QuietHours.objects.bulk_create(rows, ignore_conflicts=True)
