from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.sessions.models import Session
from django.db.models import Count, Q, QuerySet

from synergy.journal.facts import StreamId
from synergy.notices.events import PersonState
from synergy.notices.kinds import NoticeKind, all_kinds
from synergy.notices.models import Browser, Choice, Mail, Notice, QuietHours
from synergy.people.models import Person
from synergy.people.zones import zone_or_utc

PAGE = 50
"""How many notices one page shows."""


def person_stream(person: int) -> StreamId:
    return StreamId("person", person)


def notices_of(person: Person) -> QuerySet[Notice]:
    """What is on the person's page, newest first."""
    return Notice.objects.filter(person=person, in_app=True).order_by("-at", "-pk")


def page_of_notices(person: Person, before: int | None) -> tuple[list[Notice], bool]:
    """Up to `PAGE` notices, those older than the notice `before`, and whether there are still older ones."""
    rows = notices_of(person)
    last = rows.filter(pk=before).first() if before else None
    if last is not None:
        rows = rows.filter(at__lte=last.at).exclude(at=last.at, pk__gte=last.pk)
    found = list(rows[: PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def unread_of(person: int) -> int:
    return unread_of_each([person])[person]


def unread_at(person: int, path: str) -> list[int]:
    """Notices that lead to the page at this path, or to a place on it. One query."""
    rows = Notice.objects.filter(person=person, in_app=True, read_at__isnull=True)
    leads = Q(address=path) | Q(address__startswith=f"{path}#") | Q(address__startswith=f"{path}?")
    return list(rows.filter(leads).values_list("pk", flat=True))


def unread_of_kind(kind: str, people: Collection[int]) -> list[tuple[int, int, str]]:
    """(id of the notice, person, key) of what these persons have not read of one kind. One query."""
    rows = Notice.objects.filter(kind=kind, person__in=people, read_at__isnull=True)
    return list(rows.values_list("pk", "person_id", "key"))


def unread_of_each(people: Collection[int]) -> Counter[int]:
    """{person: how many}; 0 for who has none. One query."""
    rows = Notice.objects.filter(person__in=people, in_app=True, read_at__isnull=True)
    return Counter(dict(rows.order_by().values_list("person").annotate(Count("pk"))))


def self_for(person: Person, key: int) -> Person | None:
    return person if person.pk == key else None


def state_of_self(person: Person, own: Person) -> PersonState:
    return PersonState(unread=unread_of(own.pk))


def only_oneself(key: int, persons: Collection[int]) -> set[int]:
    return {key} & set(persons)


def choices_of(person: Person) -> list[tuple[NoticeKind, Choice]]:
    """Every kind with what holds for it, chosen or not."""
    chosen = {choice.kind: choice for choice in Choice.objects.filter(person=person)}
    return [(kind, chosen.get(kind.name) or _unchosen(person.pk, kind)) for kind in all_kinds()]


def choices_for(people: Collection[int], kind: NoticeKind) -> dict[int, Choice]:
    """What holds for one kind, by the persons' ids."""
    chosen = {choice.person_id: choice for choice in Choice.objects.filter(person__in=people, kind=kind.name)}
    return {pk: chosen.get(pk) or _unchosen(pk, kind) for pk in people}


def _unchosen(person: int, kind: NoticeKind) -> Choice:
    return Choice(person_id=person, kind=kind.name, mail=kind.mail, push=kind.mail == Mail.NOW)


def browsers_of(people: Collection[int], now: datetime) -> QuerySet[Browser]:
    """Where these people want to be pushed, and are still signed in. With `session`."""
    living = Session.objects.filter(expire_date__gt=now).values("session_key")
    rows = Browser.objects.filter(person__in=people, session__session_key__in=living)
    return rows.select_related("session").order_by("added_at", "pk")


def quiet_hours_of(person: Person) -> QuietHours:
    return quiet_hours_of_each([person.pk])[person.pk]


def quiet_hours_of_each(people: Collection[int]) -> dict[int, QuietHours]:
    """{person: theirs, or those that hold for whoever has chosen none}. One query."""
    chosen = {hours.person_id: hours for hours in QuietHours.objects.filter(person__in=people)}
    return {pk: chosen.get(pk) or QuietHours(person_id=pk) for pk in people}


def zone_of(person: Person) -> ZoneInfo:
    return zone_or_utc(person.time_zone)
