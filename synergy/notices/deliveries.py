"""What happens with a notice once it is true: its person's bell hears of it, and mail and push are put in the queue."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from synergy.journal import log
from synergy.notices.events import NoticesCounted
from synergy.notices.mails import mail_to
from synergy.notices.models import Mail, Notice
from synergy.notices.pushing import push
from synergy.notices.queries import person_stream, quiet_hours_of, unread_of, zone_of
from synergy.notices.quiet import next_allowed

MAIL_AFTER_PUSH = timedelta(minutes=10)
"""Whoever reads what was pushed meanwhile gets no mail of it."""


@task()
def deliver(kind: str, key: str) -> None:
    """In one transaction: what was delivered is marked, so that doing it again does nothing."""
    now = timezone.now()
    rows = Notice.objects.filter(kind=kind, key=key, delivered_at__isnull=True)
    with transaction.atomic():
        waiting = list(rows.select_for_update(of=("self",)).select_related("person").order_by("person"))
        for notice in waiting:
            _ring(notice, now)
            if notice.push:
                push.enqueue(notice.pk)
            if notice.mail == Mail.NOW:
                person = notice.person
                start = now + MAIL_AFTER_PUSH if notice.push else now
                may = next_allowed(start, quiet_hours_of(person), zone_of(person))
                mail_to.using(run_after=may).enqueue(person.pk, Mail.NOW)
        Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(delivered_at=now)


def _ring(notice: Notice, now: datetime) -> None:
    if not notice.in_app:
        return
    stream = person_stream(notice.person_id)
    log.lock(stream)
    log.append(stream, NoticesCounted(unread=unread_of(notice.person_id)), by=None, at=now)
