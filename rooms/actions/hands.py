"""Whose turn it is to speak: hands up and hands down."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from rooms.actions.permission import require
from rooms.events import HandLowered, HandRaised
from rooms.models import Hand, Room
from rooms.queries import room_stream
from rooms.rules import can_lower_hand, can_raise_hand
from synergy.journal import log
from synergy.people.models import Person


def raise_hand(*, person: Person, room: Room, now: datetime) -> None:
    """Puts the person last in the queue; a hand that is up stays where it is. Raises Refused."""
    require(can_raise_hand(person, room), person, room)
    with transaction.atomic(savepoint=False):
        stream = room_stream(room.pk)
        log.lock(stream)
        if Hand.objects.filter(room=room, person=person).exists():
            return
        Hand.objects.create(room=room, person=person, at=now)
        log.append(stream, HandRaised(person=person.pk), by=person.pk, at=now)


def lower_hand(*, person: Person, room: Room, whose: int, now: datetime) -> None:
    """Lowering what is not up changes nothing. Raises Refused."""
    require(can_lower_hand(person, room, whose), person, room)
    with transaction.atomic(savepoint=False):
        stream = room_stream(room.pk)
        log.lock(stream)
        gone, _by_model = Hand.objects.filter(room=room, person_id=whose).delete()
        if gone:
            log.append(stream, HandLowered(person=whose), by=person.pk, at=now)


def lower_all_hands(*, room: Room, now: datetime) -> None:
    """A conversation is over, and so is its queue. By nobody: for who ends conversations."""
    with transaction.atomic(savepoint=False):
        stream = room_stream(room.pk)
        log.lock(stream)
        up = list(room.hands.order_by("pk").values_list("person_id", flat=True))
        room.hands.all().delete()
        for person in up:
            log.append(stream, HandLowered(person=person), by=None, at=now)
