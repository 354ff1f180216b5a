"""The checks of placements: each kind by itself, and the same as the client says of any board."""

import json
import random
from dataclasses import asdict
from datetime import timedelta

import msgspec
import pytest

from sessions.openspace.checks import board_of, place_warnings, warnings_of
from sessions.openspace.events import PlaceCard, SlotCard, SpaceCard, TopicCard
from tests.factories import NOON
from tests.support.client import client_filter


def space(pk, **fields):
    given = {"kind": "topic", "capacity": None, "is_hard": False, "position": pk, "is_removed": False}
    return SpaceCard(id=pk, room=pk, name=f"Space {pk}", **{**given, **fields})


def slot(pk, kind="round"):
    start = NOON + timedelta(hours=pk)
    end = start + timedelta(minutes=45)
    return SlotCard(id=pk, kind=kind, title="", starts_at=start, ends_at=end, started_at=None, ended_at=None)


def topic(pk, *places, **fields):
    given = {
        "number": pk,
        "title": f"Topic {pk}",
        "why": "",
        "language": "en",
        "convener": 10 + pk,
        "co_conveners": [],
        "not_with": [],
        "wished_capacity": None,
        "state": "offered",
        "merged_into": None,
        "did_not_happen": False,
        "interested": [],
        "report": "none",
        "notes": None,
        "proposed_by": 10 + pk,
        "at": NOON,
    }
    return TopicCard(id=pk, places=[PlaceCard(*place) for place in places], **{**given, **fields})


def found(*topics, spaces=None, slots=None):
    spaces, slots = spaces or [space(1), space(2)], slots or [slot(1), slot(2)]
    return [(each.kind, each.topic, each.others) for each in warnings_of(board_of(spaces, slots, topics))]


def test_topics_in_their_own_cells_are_fine():
    assert not found(topic(1, (1, 1)), topic(2, (1, 2)), topic(3, (2, 1)), topic(4))


def test_a_space_used_twice():
    both = topic(1, (1, 1)), topic(2, (1, 1))
    assert found(*both) == [("space_twice", 1, (2,)), ("space_twice", 2, (1,))]
    (warning, _) = warnings_of(board_of([space(1)], [slot(1)], both))
    assert (warning.slot, warning.space) == (1, 1)


def test_a_convener_in_two_places():
    both = topic(1, (1, 1)), topic(2, (1, 2), co_conveners=[11])
    assert found(*both) == [("convener_twice", 1, (2,)), ("convener_twice", 2, (1,))]
    assert warnings_of(board_of([space(1), space(2)], [slot(1)], both))[0].people == (11,)
    assert not found(topic(1, (1, 1)), topic(2, (2, 2), co_conveners=[11]))
    assert not found(topic(1, (1, 1), convener=None), topic(2, (1, 2), convener=None))


def test_not_at_the_same_time():
    both = topic(1, (1, 1), not_with=[2]), topic(2, (1, 2))
    assert found(*both) == [("not_with", 1, (2,)), ("not_with", 2, (1,))]


@pytest.mark.parametrize("wish", [{"interested": [1, 2, 3]}, {"wished_capacity": 3}])
def test_more_people_than_there_is_room_for(wish):
    assert found(topic(1, (1, 1), **wish), spaces=[space(1, capacity=2)]) == [("too_small", 1, ())]
    assert not found(topic(1, (1, 1), **wish), spaces=[space(1, capacity=3)])


def test_in_a_break():
    assert found(topic(1, (1, 1)), slots=[slot(1, "break")]) == [("in_break", 1, ())]


def test_what_is_gone():
    assert found(topic(1, (1, 1)), spaces=[space(1, is_removed=True)]) == [("gone", 1, ())]
    assert found(topic(1, (9, 1))) == [("gone", 1, ())]
    assert found(topic(1, not_with=[2]), topic(2, state="withdrawn")) == [("gone", 1, (2,))]
    assert found(topic(1, not_with=[3])) == [("gone", 1, (3,))]


def test_a_withdrawn_topic_is_in_nobodys_way():
    assert not found(topic(1, (1, 1)), topic(2, (1, 1), state="withdrawn"))


def test_what_would_be_said_of_another_place():
    one, two = topic(1, (1, 1), not_with=[2]), topic(2, (1, 2))
    board = board_of([space(1), space(2)], [slot(1), slot(2)], [one, two])
    assert [each.kind for each in place_warnings(board, one, PlaceCard(1, 2))] == ["space_twice", "not_with"]
    assert not place_warnings(board, one, PlaceCard(2, 2))


def anything(dice):
    """A small board where much meets, drawn by lot."""
    spaces = [
        space(pk, capacity=dice.choice([None, 1, 3]), is_removed=dice.random() < 0.2) for pk in (1, 2, 3)
    ]
    slots = [slot(pk, dice.choice(["round", "round", "break"])) for pk in (1, 2, 3)]

    def some(choices, most):
        return dice.sample(choices, dice.randint(0, most))

    topics = [
        topic(
            pk,
            *((at, dice.randint(1, 3)) for at in some([1, 2, 3, 4], 2)),
            convener=dice.choice([None, *range(1, 6)]),
            co_conveners=some(range(1, 6), 2),
            not_with=some([each for each in range(1, 10) if each != pk], 2),
            interested=some(range(1, 6), 4),
            wished_capacity=dice.choice([None, 2]),
            state=dice.choice(["offered", "offered", "offered", "withdrawn", "merged"]),
        )
        for pk in range(1, 9)
    ]
    return spaces, slots, topics


def test_the_client_says_the_same(tmp_path):
    boards = [anything(random.Random(seed)) for seed in range(200)]
    names = ("spaces", "slots", "topics")
    theirs = client_filter("placements.ts", tmp_path)(
        dict(zip(names, map(msgspec.to_builtins, board), strict=True)) for board in boards
    )
    ours = [[asdict(each) for each in warnings_of(board_of(*board))] for board in boards]
    assert theirs == json.loads(json.dumps(ours))
    kinds = {each["kind"] for warnings in ours for each in warnings}
    assert kinds == {"space_twice", "convener_twice", "not_with", "too_small", "in_break", "gone"}
