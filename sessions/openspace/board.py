"""The wall as its page draws it before the client takes over: rows of rounds, columns of spaces.

Plain functions of the state card; static/src/openspace/board.ts draws the same from the same cards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rooms.events import PersonCard
from sessions.openspace.events import GatheringStateCard, NewsCard, SlotCard, SpaceCard, TopicCard
from sessions.openspace.models import SlotKind, SpaceKind, TopicState
from sessions.openspace.rules import AFTER_ROUNDS
from sessions.today import ZoneTime, elsewhere

ANNOUNCED = timedelta(minutes=20)
"""For how long news are shown above everything, as in static/src/openspace/news.ts; then they stay in their list."""
Standing = dict[tuple[int, int], list[TopicCard]]
"""{(slot, space): the topics there}"""
Merged = dict[int, list[TopicCard]]
"""{topic: those that went together with it}"""


def announced(news: Sequence[NewsCard], now: datetime) -> NewsCard | None:
    """The newest, while it is to be announced."""
    return news[-1] if news and now - news[-1].at < ANNOUNCED else None


@dataclass(frozen=True)
class Sheet:
    """A topic with those who convene it; `in_room` is None while nobody can be in the room for it."""

    card: TopicCard
    conveners: list[PersonCard]
    interested: list[PersonCard]
    merged: list[TopicCard]
    """Those that went together with it."""
    in_room: int | None = None
    is_past: bool = False
    is_here: bool = False
    is_left_out: bool = False


@dataclass(frozen=True)
class Cell:
    space: SpaceCard
    sheets: list[Sheet]


@dataclass(frozen=True)
class Row:
    """`phase` is past, now, left_out or empty; `elsewhere` the start on the clocks of the other countries."""

    slot: SlotCard
    name: str
    phase: str
    elsewhere: list[ZoneTime]
    cells: list[Cell]


@dataclass(frozen=True)
class Place:
    """A space in the list of who is where."""

    space: SpaceCard
    topic: TopicCard | None
    people: int
    is_mine: bool


@dataclass(frozen=True)
class Board:
    spaces: list[SpaceCard]
    rows: list[Row]
    waiting: list[Sheet]
    places: list[Place]
    running: Row | None
    nowhere: int


def board_of(state: GatheringStateCard) -> Board:
    """Everything that stands on the wall, for the person whose state it is."""
    spaces, standing, counts = columns(state), _standing(state), Counter(state.where.values())
    sheet = partial(_sheet, state, _merged(state))
    rows = [_row(state, slot, spaces, standing, counts, sheet) for slot in state.slots]
    active = {int(pk) for pk, person in state.people.items() if not person.past}
    return Board(
        spaces=spaces,
        rows=rows,
        waiting=[sheet(topic) for topic in _offered(state) if not topic.places],
        places=_places(state, standing, counts),
        running=next((row for row in rows if row.phase == "now"), None),
        nowhere=len(active - {int(pk) for pk in state.where}),
    )


def columns(state: GatheringStateCard) -> list[SpaceCard]:
    """The spaces for topics, and any other in which a topic stands all the same."""
    used = {place.space for topic in _offered(state) for place in topic.places}
    return [
        space
        for space in state.spaces
        if space.id in used or (space.kind == SpaceKind.TOPIC and not space.is_removed)
    ]


def slot_name(slots: Sequence[SlotCard], slot: SlotCard) -> str:
    """Its title; else "Round 2", counted without the breaks."""
    if slot.title:
        return slot.title
    if slot.kind == SlotKind.BREAK:
        return _("Break")
    rounds = [each.id for each in slots if each.kind == SlotKind.ROUND]
    return _("Round {number}").format(number=rounds.index(slot.id) + 1)


def _row(
    state: GatheringStateCard,
    slot: SlotCard,
    spaces: list[SpaceCard],
    standing: Standing,
    counts: Counter[int],
    draw: Callable[..., Sheet],
) -> Row:
    phase = "left_out" if slot.id in rounds_left(state.gathering.stage, state.slots) else _phase(slot)
    mine = state.where.get(str(state.me))

    def sheet(topic: TopicCard, space: SpaceCard) -> Sheet:
        if phase != "now":
            return draw(topic, is_past=phase == "past", is_left_out=phase == "left_out")
        return draw(topic, in_room=counts[space.id], is_here=space.id == mine)

    return Row(
        slot=slot,
        name=slot_name(state.slots, slot),
        phase=phase,
        elsewhere=_elsewhere(state, slot.started_at or slot.starts_at),
        cells=[
            Cell(space, [sheet(topic, space) for topic in standing.get((slot.id, space.id), [])])
            for space in spaces
        ],
    )


def rounds_left(stage: str, slots: Sequence[SlotCard]) -> set[int]:
    """Ids of rounds that nobody started where others were, once the rounds are left: they were not held. As
    `isLeftOut` in static/src/openspace/clock.ts."""
    if stage not in AFTER_ROUNDS or all(slot.started_at is None for slot in slots):
        return set()
    return {slot.id for slot in slots if slot.kind == SlotKind.ROUND and slot.started_at is None}


def _phase(slot: SlotCard) -> str:
    if slot.ended_at:
        return "past"
    return "now" if slot.started_at else ""


def _offered(state: GatheringStateCard) -> list[TopicCard]:
    return [topic for topic in state.topics if topic.state == TopicState.OFFERED]


def _standing(state: GatheringStateCard) -> Standing:
    found: Standing = {}
    for topic in _offered(state):
        for place in topic.places:
            found.setdefault((place.slot, place.space), []).append(topic)
    return found


def _sheet(state: GatheringStateCard, merged: Merged, topic: TopicCard, **fields: Any) -> Sheet:
    conveners = [topic.convener, *topic.co_conveners] if topic.convener else topic.co_conveners
    return Sheet(
        card=topic,
        conveners=_people(state, conveners),
        interested=_people(state, topic.interested),
        merged=merged.get(topic.id, []),
        **fields,
    )


def _merged(state: GatheringStateCard) -> Merged:
    into = {topic.id: topic.merged_into for topic in state.topics if topic.merged_into}
    found: Merged = {}
    for topic in state.topics:
        if topic.id in into:
            stands = into[topic.id]
            for _ in into:
                stands = into.get(stands, stands)
            found.setdefault(stands, []).append(topic)
    return found


def _people(state: GatheringStateCard, ids: Iterable[int]) -> list[PersonCard]:
    return [state.people[str(pk)] for pk in ids if str(pk) in state.people]


def _places(state: GatheringStateCard, standing: Standing, counts: Counter[int]) -> list[Place]:
    mine = state.where.get(str(state.me))
    running = next((slot for slot in state.slots if _phase(slot) == "now"), None)

    def topic_now(space: SpaceCard) -> TopicCard | None:
        there = standing.get((running.id, space.id)) if running else None
        return there[0] if there else None

    return [
        Place(space, topic_now(space), counts[space.id], is_mine=space.id == mine)
        for space in state.spaces
        if not space.is_removed
    ]


def _elsewhere(state: GatheringStateCard, at: datetime) -> list[ZoneTime]:
    """Countries of the cohort on whose clocks it is another time than on the viewer's."""
    own = date_format(timezone.localtime(at), "TIME_FORMAT")
    countries = {person.country for person in state.people.values() if not person.past}
    return [each for each in elsewhere(at, "", countries) if each.clock != own]
