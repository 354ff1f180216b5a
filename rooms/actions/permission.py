"""How an action turns somebody down."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rooms.models import Message, Room
from rooms.queries import message_in
from rooms.rules import why_not_post
from synergy.live.refusals import Refused
from synergy.people.models import Person


def require(allowed: bool, person: Person, room: Room) -> None:  # noqa: FBT001 - reads as a sentence
    """Raises Refused (`forbidden`) with the reason that holds in this room."""
    if not allowed:
        raise Refused("forbidden", why_not_post(person, room) or _("You may not do this here."))


def living_message(room: Room, seq: int) -> Message:
    """Raises Refused: `not_found`, or `conflict` when the message was removed."""
    message = message_in(room, seq)
    if message is None:
        raise Refused("not_found", _("There is no such message in this room."))
    if message.removed_at is not None:
        raise Refused("conflict", _("This message has been removed."))
    return message
