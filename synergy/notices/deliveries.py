"""What happens with a notice once it is true: its person's bell hears of it, and mail and push are put in the queue."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from synergy.journal import log
from synergy.notices.events import NoticesCounted
from synergy.notices.mails import mail_to
from synergy.notices.models import Mail, Notice, QuietHours
from synergy.notices.pushing import push
from synergy.notices.queries import person_stream, quiet_hours_of_each, unread_of_each, zone_of
from synergy.notices.quiet import next_allowed

MAIL_AFTER_PUSH = timedelta(minutes=10)
"""Whoever reads what was pushed meanwhile gets no mail of it."""


@task()
def deliver(kind: str, key: str) -> None:
    """In one transaction: what was delivered is marked, so that doing it again does nothing.

    Streams are locked before rows, as by whoever marks them as read.
    """
    now = timezone.now()
    rows = Notice.objects.filter(kind=kind, key=key, delivered_at__isnull=True)
    with transaction.atomic(), log.ledger() as book:
        book.lock_existing(map(person_stream, rows.filter(in_app=True).values_list("person_id", flat=True)))
        waiting = list(rows.select_for_update(of=("self",)).select_related("person").order_by("person"))
        people = [notice.person_id for notice in waiting]
        unread, quiet = unread_of_each(people), quiet_hours_of_each(people)
        for notice in waiting:
            if notice.in_app:
                counted = NoticesCounted(unread=unread[notice.person_id])
                log.append(person_stream(notice.person_id), counted, by=None, at=now)
            if notice.push:
                push.enqueue(notice.pk)
            if notice.mail == Mail.NOW:
                may = _mail_after(notice, quiet[notice.person_id], now)
                mail_to.using(run_after=may).enqueue(notice.person_id, Mail.NOW)
        Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(delivered_at=now)


def _mail_after(notice: Notice, hours: QuietHours, now: datetime) -> datetime:
    """Outside the quiet hours, and a while after the push, which waits for their end, too."""
    zone = zone_of(notice.person)
    may = next_allowed(now, hours, zone)
    return next_allowed(may + MAIL_AFTER_PUSH, hours, zone) if notice.push else may
