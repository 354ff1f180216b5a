"""Who does not write in a room for a while, though its state would let them. An app above knows it and says so.

from rooms.quiet import Quiet, quieten, register
register(quiet_in_room)                     # in AppConfig.ready: Callable[[Room], Quiet | None]
quieten(room=room, quiet=quiet_in_room(room), by=person.pk, now=now)    # when that has changed

Only rooms of members are asked for, so that a room of everybody costs nothing. It is about what others read:
messages, reactions, files, hands, polls and notes. Everybody can read on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rooms.events import QuietCard, RoomQuieted
from rooms.models import Audience, Room
from synergy.journal import log
from synergy.journal.facts import StreamId
from synergy.people.models import Person
from synergy.people.zones import zone_or_utc


@dataclass(frozen=True)
class Quiet:
    """`kind`: `listen` while only others talk, `silence` while nobody does. `until` is planned, and may pass."""

    people: frozenset[int]
    kind: Literal["listen", "silence"]
    until: datetime | None


Teller = Callable[[Room], Quiet | None]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Called once per app, from its `AppConfig.ready`."""
    _tellers.append(teller)


def quiet_in(room: Room) -> Quiet | None:
    """Who is quiet in the room now. Asked once for each time that the room is loaded."""
    if room.audience != Audience.MEMBERS:
        return None
    known: dict[str, Quiet | None] = room.__dict__
    if "_quiet" not in known:
        known["_quiet"] = next((found for tell in _tellers if (found := tell(room))), None)
    return known["_quiet"]


def is_quiet(person: Person, room: Room) -> bool:
    quiet = quiet_in(room)
    return quiet is not None and person.pk in quiet.people


def quiet_card(room: Room) -> QuietCard | None:
    return _card(quiet_in(room))


def why_quiet(person: Person, room: Room) -> str:
    """In the words of static/src/room/store/reduce.ts, with the time on the person's clock."""
    quiet = quiet_in(room)
    assert quiet is not None
    kind = (
        _("The others talk now, and you listen.")
        if quiet.kind == "listen"
        else _("This is a time of silence.")
    )
    if quiet.until is None:
        return kind + " " + _("You can write here again when this step is over.")
    until = timezone.localtime(quiet.until, zone_or_utc(person.time_zone))
    is_today = until.date() == timezone.localtime(timezone.now(), until.tzinfo).date()
    clock = date_format(until, "TIME_FORMAT" if is_today else "SHORT_DATETIME_FORMAT")
    planned = _("You can write here again when this step is over; it is planned until %(time)s.")
    return kind + " " + planned % {"time": clock}


def quieten(*, room: Room, quiet: Quiet | None, by: int | None, now: datetime) -> None:
    """Tells those in the room who is quiet from now on, in the open transaction."""
    log.append(StreamId("room", room.pk), RoomQuieted(quiet=_card(quiet)), by=by, at=now)


def _card(quiet: Quiet | None) -> QuietCard | None:
    if quiet is None:
        return None
    return QuietCard(people=sorted(quiet.people), kind=quiet.kind, until=quiet.until)
