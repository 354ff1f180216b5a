"""What somebody hears at a door that is not theirs, when they may know that it is there.

Without this the door is as if it were not there. The app above that tells people of the room, such as the
published task groups, says so here.
"""

from __future__ import annotations

from collections.abc import Callable

from rooms.models import Audience, Room
from synergy.cohorts.queries import seat_in
from synergy.people.models import Person

Teller = Callable[[Person, Room], str | None]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Called once per app, from its `AppConfig.ready`. `teller` gives None for rooms the person must not know of."""
    _tellers.append(teller)


def words_at_the_door(person: Person, pk: int) -> str | None:
    """For somebody who may not enter the room: what to say to them, or None to say that there is nothing."""
    room = Room.objects.filter(pk=pk, audience=Audience.MEMBERS).first()
    if room is None or seat_in(person, room.cohort_id) is None:
        return None
    return next((words for tell in _tellers if (words := tell(person, room))), None)
