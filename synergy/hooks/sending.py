"""Deliveries, one after the other for each hook and stream: sent, tried again, or given up."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from synergy.cohorts.queries import seat_in
from synergy.cohorts.rules import can_manage_people
from synergy.hooks.models import Delivery, Ended, Hook, State
from synergy.hooks.notices import tell_of_end
from synergy.hooks.signing import body_of, headers_of
from synergy.live.kinds import kind_named
from synergy.posting import Answer, post

MINUTE, HOUR = 60, 3600
WAITS = (10, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 8 * HOUR, 24 * HOUR)
"""Seconds between the tries of one delivery. When the last of them fails, too, the hook is switched off."""
CLAIM = timedelta(minutes=1)
"""For how long a worker may take for one try; then another one takes it up."""
KEEP = timedelta(days=30)
GONE = 410


@task()
def deliver(hook: int, kind: str, key: int) -> None:
    """Sends what waits of this stream, the oldest first, until there is nothing or one does not go."""
    while _deliver_next(hook, kind, key, timezone.now()):
        pass


def end_hook(*, hook: Hook, why: str, now: datetime) -> bool:
    """Nothing is sent any more, and what waits is given up. Whether it was open."""
    with transaction.atomic():
        if not Hook.objects.filter(pk=hook.pk, ended_at__isnull=True).update(ended_at=now, ended=why):
            return False
        hook.deliveries.filter(state=State.WAITING).update(state=State.FAILED, claimed_at=None)
        if why in (Ended.FAILED, Ended.GONE):
            tell_of_end(hook, now)
    return True


def forget_old(*, zone: str, day: date, now: datetime) -> None:
    old = Delivery.objects.filter(at__lt=now - KEEP)
    old.exclude(state=State.WAITING, hook__ended_at__isnull=True).delete()


def _deliver_next(hook: int, kind: str, key: int, now: datetime) -> bool:
    """Whether the next one can be sent after it."""
    waiting = Delivery.objects.filter(hook=hook, stream_kind=kind, stream_key=key, state=State.WAITING)
    # A fact may have been noted for a hook in the moment when it ended.
    row = waiting.filter(hook__ended_at__isnull=True).select_related("hook__person").order_by("seq").first()
    if row is None or not _claim(row, now):
        return False
    if not _is_organiser(row.hook):
        end_hook(hook=row.hook, why=Ended.RIGHTS, now=now)
        return False
    if not _may_see(row):
        row.delete()
        return True
    body = body_of(row)
    return _note(row, post(row.hook.url, body, headers_of(row, body, now)), timezone.now())


def _claim(row: Delivery, now: datetime) -> bool:
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lte=now - CLAIM)
    rows = Delivery.objects.filter(free, pk=row.pk, state=State.WAITING, due_at__lte=now)
    if rows.update(claimed_at=now):
        return True
    if row.claimed_at is not None:
        # Another worker sends it, or died over it: then it is for this task to go on.
        _later(row, row.claimed_at + CLAIM)
    return False


def _note(row: Delivery, answer: Answer, now: datetime) -> bool:
    row.tries, row.status, row.said, row.tried_at = row.tries + 1, answer.status, answer.said, now
    row.claimed_at = None
    is_taken = answer.status is not None and 200 <= answer.status < 300
    if is_taken:
        row.state = State.DELIVERED
        _save(row)
        return True
    if answer.status == GONE or row.tries > len(WAITS):
        row.state = State.FAILED
        _save(row)
        end_hook(hook=row.hook, why=Ended.GONE if answer.status == GONE else Ended.FAILED, now=now)
        return False
    row.due_at = now + timedelta(seconds=WAITS[row.tries - 1])
    with transaction.atomic():
        _save(row)
        _later(row, row.due_at)
    return False


def _save(row: Delivery) -> None:
    """What came of it; a hook that was ended meanwhile stays so."""
    fields = ("state", "tries", "status", "said", "tried_at", "due_at", "claimed_at")
    rows = Delivery.objects.filter(pk=row.pk, state=State.WAITING)
    rows.update(**{field: getattr(row, field) for field in fields})


def _later(row: Delivery, at: datetime) -> None:
    deliver.using(run_after=at).enqueue(row.hook_id, row.stream_kind, row.stream_key)


def _is_organiser(hook: Hook) -> bool:
    return hook.person.is_active and can_manage_people(seat_in(hook.person, hook.cohort_id))


def _may_see(row: Delivery) -> bool:
    """See the Note [Only what they may see]. A hook's own test is for whoever may have the hook."""
    if row.stream_kind == "hook":
        return True
    kind = kind_named(row.stream_kind)
    return kind is not None and row.hook.person_id in kind.readers(row.stream_key, [row.hook.person_id])
