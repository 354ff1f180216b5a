"""What was said about an item, in its room."""

from __future__ import annotations

from django.db.models import Count, Q

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
