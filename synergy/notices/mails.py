"""The mail about notices: at once or once a day, outside quiet hours, each notice in one mail.

# Note [Each notice in one mail]

A task takes a person's waiting notices in hand by writing its id on them, sends one mail with all of them,
and marks them as mailed. Another task for the same person leaves what is in hand alone, and looks again
later. Tasks are taken by one worker; so nothing is sent twice, whether mail is slow, refused, or two workers
look at once.

Killed after the mail server has said OK and before the mark, the task is done again and the mail goes out a
second time: of "perhaps twice" and "perhaps never" this is the better one. Both have the same Message-ID,
by which most mail programs show them as one.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import TaskContext, task

from synergy.notices.kinds import words_of
from synergy.notices.links import address_from, stop_link
from synergy.notices.models import Choice, Mail, Notice
from synergy.notices.queries import quiet_hours_of, zone_of
from synergy.notices.quiet import next_allowed
from synergy.people.mail import send_mail
from synergy.people.models import Person

IN_HAND = timedelta(minutes=2)
"""After this time what a task had in hand is anybody's: the task has been interrupted for good."""
MOST = 30
"""Notices that one mail shows. How many more there are stands below, and they are on the page."""


class StillInHand(Exception):
    """Another task is just mailing some of what waits; the queue tries again."""


@task(takes_context=True)
def mail_to(context: TaskContext, person: int, how: str) -> None:
    """One mail to the person with all that waits. `how`: `now`, or `digest` with what comes once a day, too."""
    reader = Person.objects.filter(pk=person, is_active=True).first()
    if reader is None:
        return
    now = timezone.now()
    may = next_allowed(now, quiet_hours_of(reader), zone_of(reader))
    if may > now:
        # It was tried again, or the worker was away, until their night began.
        mail_to.using(run_after=may).enqueue(person, how)
        return
    _follow_choices(person)
    own = str(context.task_result.id)
    taken = _take(person, how, own, now)
    if taken:
        _send_and_mark(reader, taken, own)
    if _waiting(person, how).filter(mail_task__isnull=False, mail_begun_at__gt=now - IN_HAND).exists():
        raise StillInHand


def mail_digests(*, zone: str, day: date, now: datetime) -> None:
    """Each morning in a zone: puts a mail in the queue for each who has something to be told once a day."""
    waiting = Notice.objects.filter(mail=Mail.DIGEST, mailed_at__isnull=True, read_at__isnull=True)
    people = Person.objects.filter(time_zone=zone, is_active=True, pk__in=waiting.values("person"))
    for person in people.order_by("pk"):
        may = next_allowed(now, quiet_hours_of(person), zone_of(person))
        if may.astimezone(zone_of(person)).date() == day:
            mail_to.using(run_after=may).enqueue(person.pk, Mail.DIGEST)


def _waiting(person: int, how: str) -> QuerySet[Notice]:
    kinds = [Mail.NOW] if how == Mail.NOW else [Mail.NOW, Mail.DIGEST]
    rows = Notice.objects.filter(person=person, mail__in=kinds, mailed_at__isnull=True, read_at__isnull=True)
    return rows.order_by("at", "pk")


def _follow_choices(person: int) -> None:
    """What waits from before goes as the person wants it now: with the others of the day, or not at all."""
    waiting = Notice.objects.filter(person=person, mailed_at__isnull=True).exclude(mail=Mail.NEVER)
    for choice in Choice.objects.filter(person=person, kind__in=waiting.values("kind")):
        waiting.filter(kind=choice.kind).exclude(mail=choice.mail).update(mail=choice.mail)


def _take(person: int, how: str, task_id: str, now: datetime) -> list[Notice]:
    free = Q(mail_task__isnull=True) | Q(mail_task=task_id) | Q(mail_begun_at__lte=now - IN_HAND)
    with transaction.atomic():
        rows = list(_waiting(person, how).filter(free).select_for_update())
        Notice.objects.filter(pk__in=[row.pk for row in rows]).update(mail_task=task_id, mail_begun_at=now)
    return rows


def _send_and_mark(person: Person, taken: list[Notice], task_id: str) -> None:
    ours = Notice.objects.filter(pk__in=[row.pk for row in taken], mail_task=task_id)
    try:
        _send(person, taken)
    except Exception:
        ours.update(mail_task=None, mail_begun_at=None)
        raise
    ours.update(mailed_at=timezone.now(), mail_task=None, mail_begun_at=None)


def _send(person: Person, notices: list[Notice]) -> None:
    stop = stop_link(person.pk, {notice.kind for notice in notices})
    with translation.override(person.language), timezone.override(zone_of(person)):
        told = [
            {"words": words_of(notice), "link": settings.CONFIG.base_url + address_from(notice)}
            for notice in notices[:MOST]
        ]
    words = {"told": told, "one": told[0], "count": len(notices), "more": len(notices) - len(told)}
    send_mail(
        "notices/email/one" if len(told) == 1 else "notices/email/several",
        to=person.email,
        language=person.language,
        context={
            **words,
            "person": person,
            "stop": stop,
            "page": settings.CONFIG.base_url + reverse("notices:list"),
        },
        headers={
            "Message-ID": _message_id(notices),
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _message_id(notices: list[Notice]) -> str:
    """The same for the same notices."""
    which = hashlib.sha256(" ".join(str(notice.pk) for notice in notices).encode()).hexdigest()[:32]
    return f"<notices-{which}@{urlsplit(settings.CONFIG.base_url).hostname}>"
