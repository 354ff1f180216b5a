"""Lets invented people talk, through the real actions of rooms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from rooms import actions
from rooms.models import Room
from rooms.queries import room_for
from sessions.demo.files import FILES
from sessions.demo.talk import Edit, Line, Pin, React, Remove, Say
from synergy.people.models import Person


class Conversation:
    """Holds what was said so far, so that later lines can refer to it by its key."""

    def __init__(
        self,
        people: dict[str, Person],
        rooms: dict[str, Room],
        at: Callable[[int, str], datetime],
        now: datetime,
    ) -> None:
        self._people = people
        self._rooms = rooms
        self._at = at
        self._now = now
        self._said: dict[str, tuple[str, int, datetime]] = {}
        """key → room's name, seq, when"""

    def hold(self, lines: Sequence[Line]) -> None:
        for line in lines:
            match line:
                case Say():
                    self._say(line)
                case React(by, key, kind):
                    person, room, seq, at = self._recall(by, key)
                    actions.add_reaction(person=person, room=room, message=seq, kind=kind, now=at)
                case Edit(by, key, text):
                    person, room, seq, at = self._recall(by, key)
                    actions.edit_message(person=person, room=room, message=seq, text=text, now=at)
                case Pin(by, key):
                    person, room, seq, at = self._recall(by, key)
                    actions.pin_message(person=person, room=room, message=seq, now=at)
                case Remove(by, key, reason):
                    person, room, seq, at = self._recall(by, key)
                    actions.remove_message(person=person, room=room, message=seq, reason=reason, now=at)

    def _say(self, line: Say) -> None:
        person = self._people[line.by]
        room = self._room(line.room, person)
        at = min(self._at(line.day, line.at), self._now)
        files = [
            actions.add_attachment(person=person, room=room, name=name, content=FILES[name](), now=at).pk
            for name in line.files
        ]
        message = actions.post_message(
            person=person,
            room=room,
            text=line.text,
            lang=line.lang,
            root=self._said[line.root][1] if line.root else None,
            mentions=[self._people[key].pk for key in line.mentions],
            files=files,
            now=at,
        )
        if line.key:
            self._said[line.key] = (line.room, message.seq, at)

    def _recall(self, by: str, key: str) -> tuple[Person, Room, int, datetime]:
        """Who acts, where, on which message, and when: a minute after it was said."""
        name, seq, at = self._said[key]
        person = self._people[by]
        return person, self._room(name, person), seq, min(at + timedelta(minutes=1), self._now)

    def _room(self, name: str, person: Person) -> Room:
        """The room as this person has it in hand, with their seat."""
        room = room_for(person, self._rooms[name].pk)
        if room is None:
            raise LookupError(f"{person} may not enter {name}")
        return room
