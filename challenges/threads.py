"""What comes out of a challenge: its group, the room, the consultation, recommendations, a plan.

They are made by apps above, which say here what they know, so that the page of the challenge leads to all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.functional import Promise

from challenges.models import Challenge
from synergy.people.models import Person

Kind = Literal["group", "room", "consultation", "recommendations", "plan"]
ICONS: dict[Kind, str] = {
    "group": "users",
    "room": "messages-square",
    "consultation": "hourglass",
    "recommendations": "lightbulb",
    "plan": "list-checks",
}
"""In the order in which one follows from the other."""


@dataclass(frozen=True)
class Thread:
    """One thing that came out of the challenge, as one person may see it."""

    kind: Kind
    name: str | Promise
    """What it is called, a few words: it is the link."""
    address: str
    state_word: str | Promise = ""
    """How far it is: "Running", "3 of 5 answered"."""
    look: str = ""
    """A class of `badge.css` for the state word: `now`, `care`, `done`, `info`."""
    is_open: bool = False
    """Whether something of it waits for the institution that brought the challenge."""
    is_done: bool = False
    """Whether nothing of it waits for anybody any more."""
    template: str = ""
    """Drawn below the name, with `context` as `thread.context`."""
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def icon(self) -> str:
        return ICONS[self.kind]


Teller = Callable[[Person, Challenge], list[Thread]]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Called once per app, from its `AppConfig.ready`.

    The challenge is one that the person may see. The teller leaves out what this person may not open: its
    cost must not grow with what it finds.
    """
    _tellers.append(teller)


def threads_of(person: Person, challenge: Challenge) -> list[Thread]:
    """All that came out of the challenge and that the person may open, in the order of `ICONS`."""
    order = list(ICONS)
    found = [thread for tell in _tellers for thread in tell(person, challenge)]
    return sorted(found, key=lambda thread: order.index(thread.kind))
