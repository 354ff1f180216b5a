"""What people put on messages: reactions and pins."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from msgspec.structs import replace

from rooms.actions.permission import living_message, require
from rooms.cards import message_cards
from rooms.events import MessagePinned, MessageUnpinned, ReactionAdded, ReactionRemoved
from rooms.models import Message, Reaction, Retelling, Room
from rooms.queries import room_stream
from rooms.rules import can_moderate, can_post
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person

PINS_LIMIT = 20
"""Most pinned messages in a room: they are part of every fresh state."""


def add_reaction(*, person: Person, room: Room, message: int, kind: str, now: datetime) -> None:
    """Reacting twice in the same way changes nothing. Raises Refused."""
    require(can_post(person, room), person, room)
    with transaction.atomic(savepoint=False):
        stream = room_stream(room.pk)
        log.lock(stream)
        row = living_message(room, message)
        if row.reactions.filter(person=person, kind=kind).exists():
            return
        Reaction.objects.create(message=row, person=person, kind=kind, at=now)
        log.append(stream, ReactionAdded(message=row.seq, kind=kind), by=person.pk, at=now)


def remove_reaction(*, person: Person, room: Room, message: int, kind: str, now: datetime) -> None:
    """Taking back what is not there changes nothing. Raises Refused."""
    require(can_post(person, room), person, room)
    with transaction.atomic(savepoint=False):
        stream = room_stream(room.pk)
        log.lock(stream)
        row = living_message(room, message)
        gone, _by_model = row.reactions.filter(person=person, kind=kind).delete()
        if gone:
            log.append(stream, ReactionRemoved(message=row.seq, kind=kind), by=person.pk, at=now)


def pin_message(*, person: Person, room: Room, message: int, now: datetime) -> None:
    """Puts the message last among those that are pinned; once is enough. Raises Refused."""
    require(can_moderate(person, room), person, room)
    with transaction.atomic(savepoint=False):
        stream = room_stream(room.pk)
        log.lock(stream)
        row = living_message(room, message)
        if row.pinned_seq is not None:
            return
        if Message.objects.filter(room=room, pinned_seq__isnull=False).count() >= PINS_LIMIT:
            raise Refused(
                "conflict",
                _("%(limit)d messages are pinned already. Unpin one first.") % {"limit": PINS_LIMIT},
            )
        (card,) = message_cards([row])
        fact = MessagePinned(message=row.seq, card=replace(card, pinned=True))
        row.pinned_seq = log.append(stream, fact, by=person.pk, at=now)
        row.pinned_at, row.pinned_by = now, person
        row.save(update_fields=["pinned_seq", "pinned_at", "pinned_by"])
        Retelling.objects.create(message=row, seq=row.pinned_seq)


def unpin_message(*, person: Person, room: Room, message: int, now: datetime) -> None:
    """Raises Refused. Unpinning what is not pinned changes nothing."""
    require(can_moderate(person, room), person, room)
    with transaction.atomic(savepoint=False):
        stream = room_stream(room.pk)
        log.lock(stream)
        row = living_message(room, message)
        if row.pinned_seq is None:
            return
        row.pinned_seq, row.pinned_at, row.pinned_by = None, None, None
        row.save(update_fields=["pinned_seq", "pinned_at", "pinned_by"])
        log.append(stream, MessageUnpinned(message=row.seq), by=person.pk, at=now)
