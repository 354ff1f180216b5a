"""What was said about an item, in its room."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from challenges.plans.models import Item
from rooms.models import Message, ReadMark
from synergy.people.models import Person


def talk_in(person: Person, room: int) -> tuple[int, int]:
    """How many messages there are, and how many of others the person has not read. Two queries."""
    seen = ReadMark.objects.filter(person=person, room=room).values_list("seq", flat=True).first() or 0
    is_new = Q(seq__gt=seen) & ~Q(author=person)
    found = Message.objects.filter(room=room, removed_at__isnull=True).aggregate(
        every=Count("pk"), new=Count("pk", filter=is_new)
    )
    return found["every"], found["new"]


def talked_about() -> QuerySet[Any]:
    """Items in whose rooms others wrote what `answers`, who answers for the item, has not read; `seen`: up to where
    they have."""
    mark = ReadMark.objects.filter(person=OuterRef("answers"), room=OuterRef("room")).values("seq")[:1]
    fresh = Message.objects.filter(room=OuterRef("room"), seq__gt=OuterRef("seen"), removed_at__isnull=True)
    rows = Item.objects.filter(room__isnull=False, removed_at__isnull=True).select_related("plan")
    rows = rows.annotate(answers=Coalesce("owner", "plan__owner"))
    rows = rows.annotate(seen=Coalesce(Subquery(mark), Value(0)))
    return rows.filter(Exists(fresh.exclude(author=OuterRef("answers")))).order_by("pk")
