"""What changed since a person was last here, as the first page says it. Apps above tell it: challenges, plans.

from sessions.since import News, register
register(news_of_plans)         # in AppConfig.ready

def news_of_plans(person: Person, since: datetime) -> list[News]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise

from synergy.people.models import Person

MOST = 30
"""Lines that are told at all, and lines of one sort. Whoever was away for longer reads the lists."""
READ = 4 * MOST
"""Rows that are read where one's own doings are taken out afterwards."""
LONGEST = timedelta(days=60)
"""What is older than that is not news."""


@dataclass(frozen=True)
class News:
    """One line: a thing in which somebody else did something."""

    about: str | Promise
    """What it is, or what happened, in a word or two: "Challenge", "New topic"."""
    text: str
    address: str
    icon: str
    at: datetime
    """When something was done in it last."""
    detail: str | Promise = ""
    """Whose it is and how it stands now."""
    language: str = ""
    """Of the text, when somebody wrote it."""


Teller = Callable[[Person, datetime], list[News]]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Called once per app, from its `AppConfig.ready`.

    The teller gives what the person may open, up to MOST lines of each sort, the newest ones, without what
    they did themselves; its queries do not grow with the number of lines.
    """
    _tellers.append(teller)


def news_for(person: Person, now: datetime, *, said: Collection[str]) -> list[News]:
    """The newest first; without the addresses in `said`, which the page has elsewhere. Nothing in a first visit."""
    if person.left_at is None:
        return []
    since = max(person.left_at, now - LONGEST)
    found = [line for tell in _tellers for line in tell(person, since)]
    paths = {_path(address) for address in said}
    lines = [line for line in found if _path(line.address) not in paths]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:MOST]


def _path(address: str) -> str:
    """Of the thing, whichever of its pages is meant."""
    path = address.partition("#")[0].partition("?")[0]
    return path.removesuffix("edit/")
