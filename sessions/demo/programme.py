"""What happens when in the demonstration: a session of three days, today being the last."""

from __future__ import annotations

from dataclasses import dataclass

from rooms.models import RoomKind

PROGRAMME = "SYNERGIA"
EDITION = 4
COHORT = "Cohort B"
SESSION = 5
SESSION_TITLE = "Leading people through change"
DAYS = ("Challenges", "Peer consulting", "Open Space")


@dataclass(frozen=True)
class Door:
    """A room."""

    name: str
    title: str = ""
    kind: str = RoomKind.TOPIC


@dataclass(frozen=True)
class Entry:
    """`start` and `end` are clock times in Warsaw."""

    start: str
    end: str
    title: str
    room: str | None = None


DOORS = (
    Door("Plenary", "Where we all meet: circles, marketplace, news", RoomKind.PLENARY),
    Door("Amber"),
    Door("Linden"),
    Door("Danube"),
    Door("Rhodope"),
    Door("Tatra"),
    Door("Baltic"),
    Door("Lounge", "Coffee, weather, anything", RoomKind.LOUNGE),
    Door("Help desk", "Lost, or no sound? Agnieszka answers", RoomKind.LOUNGE),
)

ACTIVITIES = (
    (
        Entry("09:00", "09:45", "Opening: who is here", "Plenary"),
        Entry("09:45", "12:00", "Challenges of our institutions", "Plenary"),
        Entry("13:00", "15:00", "Task groups choose a challenge", "Plenary"),
    ),
    (
        Entry("09:00", "09:15", "Morning news", "Plenary"),
        Entry("09:15", "10:45", "Peer consulting, first run"),
        Entry("11:00", "12:30", "Peer consulting, second run"),
        Entry("13:30", "14:30", "What we take home", "Plenary"),
    ),
    (
        Entry("09:00", "09:30", "Opening circle", "Plenary"),
        Entry("09:30", "10:15", "Marketplace", "Plenary"),
        Entry("10:15", "11:00", "Round 1", "Tatra"),
        Entry("11:00", "11:15", "Time to move"),
        Entry("11:15", "12:00", "Round 2", "Amber"),
        Entry("12:00", "13:00", "Lunch", "Lounge"),
        Entry("13:00", "13:45", "Round 3", "Linden"),
        Entry("14:00", "15:00", "Closing circle", "Plenary"),
    ),
)
LIVELY = "11:15"
"""The last day is moved so that this time is a few minutes away."""
