"""Telling people, and what they do with what they are told.

# Note [Told because it is true]

`notify` writes its rows in the transaction that makes the fact true, and enqueues in that transaction one task
for the rest: the bell and the mails. So what was committed is told, even when the process is killed right
after; what was rolled back is not; and a fact does not wait for the streams of forty people, which other
transactions lock in another order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from synergy.journal import log
from synergy.notices.deliveries import deliver
from synergy.notices.events import NoticesCounted
from synergy.notices.kinds import kind_named
from synergy.notices.models import Choice, Mail, Notice, QuietHours
from synergy.notices.push_key import push_key
from synergy.notices.queries import browsers_of, choices_for, choices_of, person_stream, unread_of
from synergy.people.models import Person

KEEP_READ, KEEP_ANY = timedelta(days=180), timedelta(days=400)


def notify(
    *,
    people: Iterable[Person],
    kind: str,
    key: str,
    values: Mapping[str, Any],
    address: str,
    now: datetime,
) -> None:
    """Tells each of the people, as they have chosen, and nobody twice of the same `kind` and `key`.

    `values` are plain JSON; `address` is a path on this site. Raises LookupError for a kind that is not
    registered or a value that its words need.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("people are told inside a transaction")
    one = kind_named(kind)
    one.words(values)
    to = sorted({person.pk for person in people if person.is_active})
    pushed = set(browsers_of(to, now).values_list("person_id", flat=True)) if push_key() else set()
    rows = [
        Notice(
            person_id=pk,
            kind=kind,
            key=key,
            values=dict(values),
            address=address,
            at=now,
            in_app=choice.in_app,
            mail=choice.mail,
            push=choice.push and pk in pushed,
        )
        for pk, choice in choices_for(to, one).items()
        if choice.in_app or choice.mail != Mail.NEVER or (choice.push and pk in pushed)
    ]
    if rows:
        Notice.objects.bulk_create(rows, ignore_conflicts=True)
        deliver.enqueue(kind, key)


def mark_read(*, person: Person, ids: Collection[int] | None, now: datetime) -> None:
    """Marks these notices of the person as read; None is all. Those of others stay as they are."""
    rows = Notice.objects.filter(person=person, read_at__isnull=True)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    if not rows.exists():
        return
    stream = person_stream(person.pk)
    with transaction.atomic(savepoint=False):
        log.lock(stream)
        rows.update(read_at=now)
        log.append(stream, NoticesCounted(unread=unread_of(person.pk)), by=person.pk, at=now)


def choose(*, person: Person, kinds: Mapping[str, tuple[bool, str, bool]], quiet: QuietHours) -> None:
    """Keeps how the person wants to be told: {kind: (on the bell, when by mail, pushed)}, and the quiet hours."""
    rows = [
        Choice(person=person, kind=kind, in_app=in_app, mail=mail, push=push)
        for kind, (in_app, mail, push) in kinds.items()
    ]
    hours = {field: getattr(quiet, field) for field in ("at_night", "starts", "ends", "at_weekends")}
    with transaction.atomic():
        _keep(rows)
        QuietHours.objects.update_or_create(person=person, defaults=hours)


def stop_mail(*, person: int, kinds: Collection[str]) -> None:
    """No more mail about these kinds. The bell and what is pushed stay as they are."""
    rows = [
        Choice(person_id=person, kind=kind.name, in_app=choice.in_app, mail=Mail.NEVER, push=choice.push)
        for kind, choice in choices_of(Person(pk=person))
        if kind.name in kinds
    ]
    _keep(rows)


def forget_old_notices(now: datetime) -> int:
    """Deletes what was read long ago, and what nobody read for longer. How many."""
    is_old = Q(read_at__lt=now - KEEP_READ) | Q(at__lt=now - KEEP_ANY)
    return Notice.objects.filter(is_old).delete()[0]


def _keep(rows: list[Choice]) -> None:
    Choice.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["in_app", "mail", "push"],
    )
