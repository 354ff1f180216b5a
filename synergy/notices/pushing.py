"""What is pushed: a notice, to each browser in which its person wants that.

# Note [Nothing twice]

A notice is pushed when its person has not read it, is not here, and has no quiet hours. Whoever asked for a page
within `SIGN_OF_LIFE` is here, with the bell before them: it is looked at again when they may have left, and
given up when they are still here after an hour. A page that is open in the very browser is seen by its service
worker, see `static/src/notices/push_worker.ts`. The mail waits for a while, see `deliveries`.

Sent twice, because a worker was killed between the answer and its note, it shows once: both have the same topic
for the push service, and the same tag for the browser.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django_tasks import task

from synergy.notices.kinds import words_of
from synergy.notices.links import address_from
from synergy.notices.models import Browser, Notice
from synergy.notices.push_key import push_key
from synergy.notices.queries import browsers_of, quiet_hours_of, zone_of
from synergy.notices.quiet import next_allowed
from synergy.notices.webpush import encrypted, signature
from synergy.people.middleware import SIGN_OF_LIFE
from synergy.people.models import Person
from synergy.posting import Answer, post

STILL_HERE = timedelta(hours=1)
MINUTE, HOUR = 60, 3600
WAITS = (MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR)
"""Seconds between the tries for one browser; then it is left to mail and the bell."""
KEEPS = 24 * HOUR
"""Seconds for which the push service keeps it for a browser that is off."""
GONE = (404, 410)
TITLE, LINE = 120, 240


@task()
def push(notice: int) -> None:
    """Puts one post for each browser in the queue, once it may be pushed."""
    now = timezone.now()
    row = _waiting(notice)
    if row is None:
        return
    may = _from_when(row, now)
    if may is None:
        return
    if may > now:
        push.using(run_after=may).enqueue(notice)
        return
    with transaction.atomic():
        for browser in browsers_of([row.person_id], now):
            push_to.enqueue(notice, browser.pk, 0)


@task()
def push_to(notice: int, browser: int, tries: int) -> None:
    """One try to post it to one browser, of which `tries` have failed."""
    now = timezone.now()
    row, key = _waiting(notice), push_key()
    to = browsers_of([row.person_id], now).filter(pk=browser).first() if row else None
    if row is None or to is None or key is None:
        return
    may = _from_when(row, now)
    if may is None:
        return
    if may > now:
        push_to.using(run_after=may).enqueue(notice, browser, tries)
        return
    headers = {
        "Authorization": signature(key, to.endpoint, contact=_contact(), now=now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEEPS),
        "Topic": f"notice-{notice}",
    }
    body = encrypted(json.dumps(said(row)).encode(), p256dh=to.p256dh, auth=to.auth)
    _note(row, to, post(to.endpoint, body, headers), tries)


def said(notice: Notice) -> Mapping[str, str]:
    """What the browser gets: no more than one line, and nothing that somebody wrote at length."""
    person = notice.person
    with translation.override(person.language), timezone.override(zone_of(person)):
        words = words_of(notice)
        return {
            "title": _cut(words.title, TITLE),
            "body": _cut(words.text, LINE),
            "address": address_from(notice),
            "tag": f"notice-{notice.pk}",
            "language": person.language,
        }


def _note(notice: Notice, to: Browser, answer: Answer, tries: int) -> None:
    if answer.status in GONE:
        Browser.objects.filter(pk=to.pk, endpoint=to.endpoint).delete()
        return
    may_go_later = answer.status is None or answer.status in (408, 429) or answer.status >= 500
    if may_go_later and tries < len(WAITS):
        later = timezone.now() + timedelta(seconds=WAITS[tries])
        push_to.using(run_after=later).enqueue(notice.pk, to.pk, tries + 1)


def _waiting(notice: int) -> Notice | None:
    rows = Notice.objects.filter(pk=notice, push=True, read_at__isnull=True, person__is_active=True)
    return rows.select_related("person").first()


def _from_when(notice: Notice, now: datetime) -> datetime | None:
    """When it may be pushed at the earliest; None when its person has had it before them for long enough."""
    seen = notice.person.seen_at
    away = seen + SIGN_OF_LIFE if seen else now
    if away > now and now - (notice.delivered_at or now) > STILL_HERE:
        return None
    return _after_quiet(notice.person, max(away, now))


def _after_quiet(person: Person, moment: datetime) -> datetime:
    return next_allowed(moment, quiet_hours_of(person), zone_of(person))


def _contact() -> str:
    """Whom a push service writes to when something is wrong."""
    site = settings.CONFIG.base_url
    return site if site.startswith("https:") else f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"


def _cut(text: str, length: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"
