"""What waits for a person, as the first page says it. Apps above tell it: a challenge, a plan, a group that meets.

from sessions.waiting import Waiting, register
register(what_waits)            # in AppConfig.ready

def what_waits(person: Person, now: datetime) -> list[Waiting]: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Literal

from django.utils.functional import Promise

from synergy.people.models import Person

Urgency = Literal["now", "today", "soon"]
_ORDER: list[Urgency] = ["now", "today", "soon"]
_NOT_SAID = datetime.max.replace(tzinfo=UTC)
MANY = 20
"""A teller gives no more lines of one kind: where so much waits, it waits in its list."""


@dataclass(frozen=True)
class Waiting:
    """One line with one button."""

    about: str | Promise
    """A word or two that stand small above: "Challenge", "Plan"."""
    text: str
    """What waits: a title, or a short sentence."""
    button: str | Promise
    """What pressing does: "Read and answer"."""
    address: str
    icon: str
    detail: str | Promise = ""
    """A sentence below the text: why it waits."""
    language: str = ""
    """Of the text, when somebody wrote it."""
    whose: str = ""
    """The institution that it is about, where the person looks after several."""
    since: datetime | None = None
    """Since when it waits."""
    urgency: Urgency = "soon"

    @property
    def place(self) -> tuple[int, datetime]:
        return _ORDER.index(self.urgency), self.since or _NOT_SAID


Teller = Callable[[Person, datetime], list[Waiting]]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Called once per app, from its `AppConfig.ready`.

    The teller gets the person and the present moment in their zone. It gives a line for each thing, up to
    MANY; its queries do not grow with their number.
    """
    _tellers.append(teller)


def waiting_for(person: Person, now: datetime) -> list[Waiting]:
    """What is most urgent first; among equals what waits longest, then in the order of the tellers."""
    found = [line for tell in _tellers for line in tell(person, now)]
    return sorted(found, key=attrgetter("place"))
