"""Writing to the audit trail and reading from it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db.models import Max, QuerySet

from synergy.audit.models import OF_ONESELF, Act, AuditEvent

KEEP = timedelta(days=400)
REFUSALS = 10
"""So that whoever guesses a password does not push what happened out of the list."""
ONCE_IN = timedelta(hours=1)
"""Who opens the same thing again within that time is told once."""


def note(
    act: Act,
    *,
    by: int | None,
    now: datetime,
    cohort: int | None = None,
    subject: str = "",
    about: str = "",
    address: str = "",
) -> None:
    """Adds one act; in the transaction of what was done, where there is one."""
    AuditEvent.objects.create(
        at=now,
        by=by,
        act=act,
        cohort=cohort,
        subject=subject,
        about=about[: AuditEvent._meta.get_field("about").max_length],
        address=address,
    )


def note_sight(
    act: Act,
    *,
    by: int,
    now: datetime,
    cohort: int,
    subject: str,
    about: str,
    address: str,
    part: str = "",
) -> None:
    """The same for what is only looked at: once in ONCE_IN for each person, act, and part of a thing."""
    key = f"sight:{act}:{by}:{subject}:{part}"
    if not cache.add(key, 1, int(ONCE_IN.total_seconds())):
        return
    try:
        note(act, by=by, now=now, cohort=cohort, subject=subject, about=about, address=address)
    except Exception:
        cache.delete(key)
        raise


def acts_in(
    cohort: int,
    *,
    by: int | None = None,
    acts: Sequence[str] = (),
    first: date | None = None,
    last: date | None = None,
) -> QuerySet[AuditEvent]:
    """Of one cohort, the newest first. Days are those of the current time zone, both included."""
    found = AuditEvent.objects.filter(cohort=cohort)
    if by is not None:
        found = found.filter(by=by)
    if acts:
        found = found.filter(act__in=acts)
    if first is not None:
        found = found.filter(at__date__gte=first)
    if last is not None:
        found = found.filter(at__date__lte=last)
    return found.order_by("-at", "-pk")


def own_acts(person: int, limit: int) -> list[AuditEvent]:
    """What concerns one's own account, the newest first; of what others tried in vain no more than REFUSALS."""
    own = AuditEvent.objects.filter(by=person, act__in=OF_ONESELF).order_by("-at", "-pk")
    refused = own.filter(act=Act.REFUSED)[:REFUSALS]
    return sorted([*own.exclude(act=Act.REFUSED)[:limit], *refused], key=lambda act: act.at, reverse=True)


def last_time(act: Act, *, by: int) -> datetime | None:
    """When this person did this last."""
    done = AuditEvent.objects.filter(by=by, act=act).order_by("-at")
    return done.values_list("at", flat=True).first()


def seen_by(subject: str) -> dict[int, datetime]:
    """{person: when they opened it or took something of it last}, the newest first."""
    rows = AuditEvent.objects.filter(subject=subject, by__isnull=False)
    rows = rows.filter(act__in=(Act.OPENED, Act.DOWNLOADED, Act.EXPORTED))
    return dict(rows.values_list("by").annotate(last=Max("at")).order_by("-last"))


def forget_about(subjects: Collection[str]) -> None:
    """That something was done to these stays; as what they were called goes."""
    AuditEvent.objects.filter(subject__in=subjects).update(about="")


def forget_old_acts(now: datetime) -> int:
    """Removes what is older than KEEP. Returns how many."""
    return AuditEvent.objects.filter(at__lt=now - KEEP).delete()[0]
