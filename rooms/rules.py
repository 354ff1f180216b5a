"""Who may do what in a room. Each rule is a plain yes or no; the whole table is tested at once.

A rule goes by `room.seat`, the seat of `person` that the room was loaded with. Read-only is for
everybody: moderators still remove, pin and open it again. In an archived room one can only read,
and moderators can open it again.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from rooms.models import Message, Poll, Room, RoomState
from rooms.quiet import is_quiet, why_quiet
from synergy.cohorts.models import Seat
from synergy.cohorts.rules import can_moderate as seat_can_moderate
from synergy.cohorts.rules import can_write, is_active
from synergy.people.models import Person


def can_read(person: Person, room: Room) -> bool:
    return is_active(_seat(person, room))


def can_write_here(person: Person, room: Room) -> bool:
    """Whether the person may take part while the room is open."""
    return can_write(_seat(person, room))


def can_post(person: Person, room: Room) -> bool:
    """Post, reply, react, upload."""
    is_open = room.state == RoomState.OPEN and can_write_here(person, room)
    return is_open and not is_quiet(person, room)


def can_edit(person: Person, room: Room, message: Message) -> bool:
    return _is_own(person, message) and can_post(person, room)


def can_remove(person: Person, room: Room, message: Message) -> bool:
    return can_edit(person, room, message) or can_moderate(person, room)


def can_set_language(person: Person, room: Room, message: Message) -> bool:
    return can_edit(person, room, message) or can_moderate(person, room)


def can_moderate(person: Person, room: Room) -> bool:
    """Pin, remove and correct what others wrote."""
    return room.state != RoomState.ARCHIVED and seat_can_moderate(_seat(person, room))


def can_raise_hand(person: Person, room: Room) -> bool:
    return can_post(person, room)


def can_lower_hand(person: Person, room: Room, whose: int) -> bool:
    """One's own always; moderators lower those of others, when it is their turn or they have left."""
    return (can_read(person, room) and whose == person.pk) or can_moderate(person, room)


def can_poll(person: Person, room: Room) -> bool:
    """Ask everybody in the room, and choose."""
    return can_post(person, room)


def can_close_poll(person: Person, room: Room, poll: Poll) -> bool:
    is_own = poll.author_id == person.pk
    return (is_own and can_poll(person, room)) or can_moderate(person, room)


def can_set_state(person: Person, room: Room) -> bool:
    return seat_can_moderate(_seat(person, room))


def why_not_post(person: Person, room: Room) -> str | None:
    """What to say to somebody who may not write here; None to somebody who may."""
    if can_post(person, room):
        return None
    if room.state == RoomState.ARCHIVED:
        return _("This room is archived. You can read it, but nobody can write here any more.")
    if not can_write_here(person, room):
        return _("You are an observer here: you can read everything, but not write.")
    if room.state == RoomState.OPEN:
        return why_quiet(person, room)
    return _("This room is read-only at the moment. You can read it, but nobody can write here.")


def _seat(person: Person, room: Room) -> Seat | None:
    return room.seat if room.seat and room.seat.person_id == person.pk else None


def _is_own(person: Person, message: Message) -> bool:
    return message.author_id == person.pk
