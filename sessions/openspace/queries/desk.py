"""What the facilitators' desk shows beside the gathering itself: how lively the rooms are, whose hands are up,
and what those who call for help say."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import msgspec

from rooms.models import Hand, Message
from sessions.openspace.models import CallState, Gathering, Stay

MINUTES = 10
"""How far back the desk looks."""


class RoomTalk(msgspec.Struct, frozen=True):
    """`minutes`: {whole minutes since 1970: messages}, without the silent ones."""

    minutes: dict[str, int]
    last: datetime | None
    """The newest message of the last `MINUTES`."""
    hands: list[int]
    """ids of persons, in the order in which they raised their hands"""


class DeskCard(msgspec.Struct, frozen=True):
    rooms: dict[str, RoomTalk]
    """by the room's id"""
    been: dict[str, list[int]]
    """{person id: ids of the spaces where they have been}"""
    calls: dict[str, str]
    """{call id: what was said} of the calls that are not closed; nobody else reads it"""


def desk_of(gathering: Gathering, now: datetime) -> DeskCard:
    """The doings of the last minutes in all spaces. Five queries, however many spaces."""
    rooms = list(gathering.spaces.filter(removed_at=None).values_list("room", flat=True))
    minutes: dict[int, Counter[str]] = {room: Counter() for room in rooms}
    last: dict[int, datetime] = {}
    recent = Message.objects.filter(room__in=rooms, at__gte=now - timedelta(minutes=MINUTES))
    for room, at in recent.order_by("at").values_list("room", "at"):
        minutes[room][str(int(at.timestamp() // 60))] += 1
        last[room] = at
    hands: dict[int, list[int]] = {}
    for room, person in Hand.objects.filter(room__in=rooms).order_by("pk").values_list("room", "person"):
        hands.setdefault(room, []).append(person)
    been: dict[str, list[int]] = {}
    stays = Stay.objects.filter(gathering=gathering).order_by("person", "space")
    for person, space in stays.values_list("person", "space").distinct():
        been.setdefault(str(person), []).append(space)
    waiting = gathering.calls.exclude(state=CallState.CLOSED)
    return DeskCard(
        rooms={
            str(room): RoomTalk(dict(minutes[room]), last.get(room), hands.get(room, [])) for room in rooms
        },
        been=been,
        calls={str(call): text for call, text in waiting.order_by("pk").values_list("pk", "text")},
    )
