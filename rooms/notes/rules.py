"""Who may do what in notes: who may post in the room may write."""

from __future__ import annotations

from rooms import rules
from rooms.models import Notes
from synergy.people.models import Person


def can_write(person: Person, notes: Notes) -> bool:
    return rules.can_post(person, notes.room)


def why_not_write(person: Person, notes: Notes) -> str | None:
    """What to say to somebody who may not write here; None to somebody who may."""
    return rules.why_not_post(person, notes.room)
