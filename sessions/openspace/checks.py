"""What people should know of a placement. Warnings only: nothing is forbidden, the convener decides.

Pure functions of cards; static/src/openspace/checks.ts says the same of the same cards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sessions.openspace.events import PlaceCard, SlotCard, SpaceCard, TopicCard
from sessions.openspace.models import SlotKind, TopicState

WarningKind = Literal["space_twice", "convener_twice", "not_with", "too_small", "in_break", "gone"]
"""space_twice: another topic stands in the same slot and space. convener_twice: a convener or co-convener is
wanted in two places in a slot. not_with: a topic that it should not stand at the same time with does.
too_small: more interest, or a greater wish, than the space has room for. gone: the space or slot is not there
any more, or a wish names a topic that is not on offer any more."""


@dataclass(frozen=True)
class PlacementWarning:
    """`others` are the other topics concerned, `people` the conveners who are in two places.

    `slot` and `space` are None for what does not depend on a placement.
    """

    kind: WarningKind
    topic: int
    slot: int | None
    space: int | None
    others: tuple[int, ...] = ()
    people: tuple[int, ...] = ()


@dataclass(frozen=True)
class Board:
    """What the checks look up, made once per state of the wall."""

    topics: Mapping[int, TopicCard]
    slots: Mapping[int, SlotCard]
    spaces: Mapping[int, SpaceCard]
    standing: Mapping[int, Sequence[tuple[TopicCard, PlaceCard]]] = field(repr=False)
    """slot → what stands in it, in the order of the topics"""


def board_of(spaces: Iterable[SpaceCard], slots: Iterable[SlotCard], topics: Iterable[TopicCard]) -> Board:
    cards = list(topics)
    standing: dict[int, list[tuple[TopicCard, PlaceCard]]] = {}
    for topic in cards:
        if topic.state == TopicState.OFFERED:
            for place in topic.places:
                standing.setdefault(place.slot, []).append((topic, place))
    return Board(
        topics={topic.id: topic for topic in cards},
        slots={slot.id: slot for slot in slots},
        spaces={space.id: space for space in spaces},
        standing=standing,
    )


def warnings_of(board: Board) -> list[PlacementWarning]:
    """Every warning of the board, by topic in their order, then by placement."""
    return [warning for topic in board.topics.values() for warning in topic_warnings(board, topic)]


def topic_warnings(board: Board, topic: TopicCard) -> list[PlacementWarning]:
    if topic.state != TopicState.OFFERED:
        return []
    found = [warning for place in topic.places for warning in place_warnings(board, topic, place)]
    gone = tuple(other for other in topic.not_with if not _is_on_offer(board, other))
    if gone:
        found.append(PlacementWarning("gone", topic.id, None, None, gone))
    return found


def place_warnings(board: Board, topic: TopicCard, place: PlaceCard) -> list[PlacementWarning]:
    """What is, or would be, to be said if the topic stands there."""
    beside = [each for each in board.standing.get(place.slot, ()) if each[0].id != topic.id]
    others = [other for other, _place in beside]
    slot, space = board.slots.get(place.slot), board.spaces.get(place.space)
    found: list[PlacementWarning] = []

    def warn(kind: WarningKind, with_: Sequence[TopicCard] = (), people: Iterable[int] = ()) -> None:
        ids = tuple(other.id for other in with_)
        found.append(PlacementWarning(kind, topic.id, place.slot, place.space, ids, tuple(people)))

    if slot is None or space is None or space.is_removed:
        warn("gone")
    if there := [other for other, its in beside if its.space == place.space]:
        warn("space_twice", there)
    if shared := [other for other in others if _shared_conveners(topic, other)]:
        warn("convener_twice", shared, _each_once(shared, topic))
    if unwished := [other for other in others if other.id in topic.not_with or topic.id in other.not_with]:
        warn("not_with", unwished)
    wanted = max(len(topic.interested), topic.wished_capacity or 0)
    if space is not None and space.capacity is not None and wanted > space.capacity:
        warn("too_small")
    if slot is not None and slot.kind == SlotKind.BREAK:
        warn("in_break")
    return found


def _is_on_offer(board: Board, topic: int) -> bool:
    return topic in board.topics and board.topics[topic].state == TopicState.OFFERED


def _conveners(topic: TopicCard) -> list[int]:
    return topic.co_conveners if topic.convener is None else [topic.convener, *topic.co_conveners]


def _shared_conveners(one: TopicCard, other: TopicCard) -> list[int]:
    theirs = set(_conveners(other))
    return [person for person in _conveners(one) if person in theirs]


def _each_once(others: Iterable[TopicCard], topic: TopicCard) -> list[int]:
    return list(dict.fromkeys(person for other in others for person in _shared_conveners(topic, other)))
