"""What a room is a part of. Whoever knows it, an app above, says so here: a space of an Open Space, for one.

The page of the room then shows what is on there, and follows one stream more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from rooms.models import Room
from synergy.journal.facts import StreamId
from synergy.people.models import Person


@dataclass(frozen=True)
class Companion:
    """For one person. `title`, `kicker` and `who`, where set, stand on the door instead of the room's own."""

    stream: StreamId
    head: int
    state: msgspec.Struct
    """The fresh state of the stream, for the client to begin with."""
    back: str
    """The address that the way back leads to."""
    back_name: str
    title: str = ""
    language: str = ""
    kicker: str = ""
    who: str = ""
    """Who may come in, instead of "Only for its members"."""
    template: str = ""
    """Drawn above the talk for who reads without JavaScript, with `context` as `companion.context`."""
    context: Mapping[str, Any] = field(default_factory=dict)


Teller = Callable[[Person, Room], Companion | None]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Called once per app, from its `AppConfig.ready`. `teller` gives None for rooms it knows nothing of."""
    _tellers.append(teller)


def companion_of(person: Person, room: Room) -> Companion | None:
    """What the room is a part of, as this person may see it."""
    return next((found for tell in _tellers if (found := tell(person, room))), None)
