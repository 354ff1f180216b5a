"""Days of Open Space to begin with: which rounds and breaks follow the opening, and how much lies between.

The figures are what gatherings of 20 to 100 people use; everything can be changed afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sessions.openspace.models import SlotKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TOPIC_SPACES = (
    *("Amber", "Linden", "Rose", "Birch", "Maple", "Oak", "Willow", "Pine", "Hazel", "Rowan", "Alder", "Elm"),
    *("Cedar", "Juniper", "Aspen", "Larch", "Yew", "Chestnut", "Walnut", "Poplar"),
)
"""Names for spaces: short, easy to say in every language, and without an order."""
PEOPLE_PER_SPACE = 8
FEWEST_SPACES, MOST_SPACES = 3, len(TOPIC_SPACES)


@dataclass(frozen=True)
class Part:
    """A slot of the day, `after` so many minutes without one: circles, marketplace, time to move."""

    minutes: int
    after: int = 0
    kind: str = SlotKind.ROUND
    title: str | _StrPromise = ""


@dataclass(frozen=True)
class Plan:
    key: str
    words: str | _StrPromise
    starts: time
    """When the opening circle begins, on the clock of who prepares the gathering."""
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class PlannedSlot:
    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime


LUNCH = Part(60, kind=SlotKind.BREAK, title=_("Lunch"))
PLANS = (
    Plan(
        "one_day",
        _("One day: 3 rounds of 45 minutes, 15 minutes to move, lunch"),
        time(9),
        (Part(45, after=75), Part(45, after=15), LUNCH, Part(45)),
    ),
    Plan(
        "half_day",
        _("Half a day: 2 rounds of 45 minutes, 15 minutes to move"),
        time(9),
        (Part(45, after=60), Part(45, after=15)),
    ),
    Plan(
        "long_rounds",
        _("One day with long rounds: 3 of 90 minutes, 15 minutes to move, lunch"),
        time(8, 30),
        (Part(90, after=90), Part(90, after=15), LUNCH, Part(90)),
    ),
    Plan("empty", _("No rounds yet: I write the times myself"), time(9), ()),
)


def plan_named(key: str) -> Plan | None:
    return next((plan for plan in PLANS if plan.key == key), None)


def slots_of(plan: Plan, starts_at: datetime) -> list[PlannedSlot]:
    """The slots of the plan when its opening circle begins at `starts_at`, in order."""
    found, at = [], starts_at
    for part in plan.parts:
        start = at + timedelta(minutes=part.after)
        at = start + timedelta(minutes=part.minutes)
        found.append(PlannedSlot(part.kind, str(part.title), start, at))
    return found


def spaces_for(people: int) -> int:
    """How many spaces for topics so many people want."""
    return min(max(-(-people // PEOPLE_PER_SPACE), FEWEST_SPACES), MOST_SPACES)
