"""Giving a room another name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from rooms.actions.permission import require
from rooms.actions.rooms import free_name, tell_lists
from rooms.cards import room_card
from rooms.events import RoomRenamed
from rooms.models import Room
from rooms.queries import cohort_stream, room_stream
from rooms.rules import can_set_state
from synergy.cohorts.queries import seat_in
from synergy.journal import log
from synergy.people.models import Person


def rename_room(*, person: Person, room: Room, name: str, now: datetime) -> None:
    """Raises Refused, also when another room of the cohort has the name."""
    room.seat = room.seat or seat_in(person, room.cohort_id)
    require(can_set_state(person, room), person, room)
    with transaction.atomic(savepoint=False):
        log.lock(room_stream(room.pk))
        room.refresh_from_db(fields=["name", "state"])
        cohort = cohort_stream(room.cohort_id)
        log.lock(cohort)
        others = Room.objects.filter(cohort=room.cohort_id).exclude(pk=room.pk)
        name = free_name(list(others.values_list("name", flat=True)), name)
        if name == room.name:
            return
        room.name = name
        room.save(update_fields=["name"])
        log.append(room_stream(room.pk), RoomRenamed(room=room_card(room)), by=person.pk, at=now)
        tell_lists(room, by=person.pk, now=now)
