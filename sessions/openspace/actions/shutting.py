"""The rooms of a gathering close with it, and open with it again.

# Note [Which rooms close]

Those that are there for the gathering alone: spaces for topics, quiet rooms and help desks, also such as
were taken off the wall. A plenary or a lounge may serve the cohort on other days, so it stays as it is. A
room that was read-only already was made so by somebody, and stays so when the gathering opens again.

The gathering's stream is held. The streams of all the rooms are locked before any of them is told,
in the order of their keys, since telling one goes on to the cohort's stream.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from rooms.actions import close_polls, lower_all_hands, set_room_state
from rooms.models import RoomState
from rooms.queries import room_stream
from sessions.openspace.models import Gathering, Space, SpaceKind
from synergy.journal import log
from synergy.people.models import Person

_OWN_KINDS = (SpaceKind.TOPIC, SpaceKind.QUIET_ROOM, SpaceKind.HELP_DESK)


def close_rooms(person: Person, gathering: Gathering, now: datetime) -> None:
    """Makes them read-only; what goes on in them ends. See the Note [Which rooms close]."""
    for space in _hold_rooms(gathering.spaces.filter(kind__in=_OWN_KINDS)):
        if space.room.state != RoomState.OPEN:
            continue
        lower_all_hands(room=space.room, now=now)
        close_polls(room=space.room, now=now)
        _set_state(space, RoomState.READ_ONLY, person, gathering, now)
        space.closed_with_gathering = True
        space.save(update_fields=["closed_with_gathering"])


def open_rooms(person: Person, gathering: Gathering, now: datetime) -> None:
    """Opens those that `close_rooms` closed, unless somebody did something else with them since."""
    for space in _hold_rooms(gathering.spaces.filter(closed_with_gathering=True)):
        if space.room.state == RoomState.READ_ONLY:
            _set_state(space, RoomState.OPEN, person, gathering, now)
        space.closed_with_gathering = False
        space.save(update_fields=["closed_with_gathering"])


def _hold_rooms(spaces: QuerySet[Space]) -> list[Space]:
    for room in sorted(space.room_id for space in spaces):
        log.lock(room_stream(room))
    found = Space.objects.filter(pk__in=[space.pk for space in spaces])
    return list(found.select_related("room").order_by("room_id"))


def _set_state(space: Space, state: str, person: Person, gathering: Gathering, now: datetime) -> None:
    space.room.seat = gathering.seat
    set_room_state(person=person, room=space.room, state=state, now=now)
