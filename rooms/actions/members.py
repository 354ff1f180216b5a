"""Who may come into a room of members."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from rooms.admission import seats_let_in
from rooms.events import HandLowered, MembersSet, RoomsChanged
from rooms.models import Audience, Hand, Room, RoomMember
from rooms.queries import cohort_stream, room_stream
from synergy.journal import log
from synergy.live.access import access_changed
from synergy.people.models import Person


def set_members(*, room: Room, members: Collection[Person], now: datetime) -> None:
    """Lets in these, and none of the earlier members who are not among them; their streams close within a second.

    For the apps above, whose own rules say who may do this. The room's institution, facilitators and
    organisers come in as before. It locks the room's stream and then the cohort's, so who changes several
    rooms in one transaction locks all their streams first. Raises ValueError for a room of the cohort.
    """
    if room.audience != Audience.MEMBERS:
        raise ValueError(f"room {room.pk} is open to its cohort and has no members")
    with transaction.atomic(savepoint=False):
        log.lock(room_stream(room.pk))
        wanted = {member.pk for member in members}
        present = set(room.members.values_list("person_id", flat=True))
        if wanted == present:
            return
        before = _let_in(room)
        room.members.exclude(person__in=wanted).delete()
        RoomMember.objects.bulk_create(
            RoomMember(room=room, person_id=person) for person in sorted(wanted - present)
        )
        after = _let_in(room)
        put_hands_down(room, before - after, now)
        access_changed(before - after, now)
        log.append(room_stream(room.pk), MembersSet(people=sorted(after)), by=None, at=now)
        log.append(cohort_stream(room.cohort_id), RoomsChanged(), by=None, at=now)


def _let_in(room: Room) -> set[int]:
    return set(seats_let_in(room).values_list("person_id", flat=True))


def put_hands_down(room: Room, gone: set[int], now: datetime) -> None:
    """Who is not in the room does not wait for their turn."""
    hands = Hand.objects.filter(room=room, person__in=gone)
    for person in sorted(hands.values_list("person_id", flat=True)):
        log.append(room_stream(room.pk), HandLowered(person=person), by=None, at=now)
    hands.delete()
