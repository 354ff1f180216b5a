"""What comes later for a person, as the first page says it when no session is near. Apps above tell it.

from sessions.ahead import Ahead, register
register(what_comes)            # in AppConfig.ready

def what_comes(person: Person, now: datetime) -> list[Ahead]: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from django.utils.functional import Promise

from synergy.people.models import Person

FEW = 3


@dataclass(frozen=True)
class Ahead:
    """One line with its day."""

    on: date
    about: str | Promise
    """What happens on that day: "Your group asks what you did"."""
    text: str
    """What it is about: a title, or a short sentence."""
    address: str
    language: str = ""
    """Of the text, when somebody wrote it."""


Teller = Callable[[Person, datetime], list[Ahead]]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Called once per app, from its `AppConfig.ready`. The teller gets the present moment in the person's zone."""
    _tellers.append(teller)


def ahead_for(person: Person, now: datetime) -> list[Ahead]:
    """The next few, the nearest first."""
    found = [line for tell in _tellers for line in tell(person, now)]
    return sorted(found, key=attrgetter("on"))[:FEW]
