"""Hands: a queue in the order in which they were raised."""

import pytest

from rooms.actions import lower_all_hands, lower_hand, raise_hand
from rooms.queries import hands_in, room_stream
from synergy.journal import log
from synergy.live.refusals import Refused
from tests.factories import NOON


def up(house, person):
    raise_hand(person=person, room=house.into(person), now=NOON)


def down(house, person, whose):
    lower_hand(person=person, room=house.into(person), whose=whose.pk, now=NOON)


def told(house):
    return [entry.name for entry in log.since(room_stream(house.room.pk), 0, 100)]


def test_the_queue_is_in_the_order_of_raising(house):
    up(house, house.boris)
    up(house, house.anna)
    up(house, house.boris)
    assert hands_in(house.room) == [house.boris.pk, house.anna.pk]
    assert told(house) == ["hand.raised", "hand.raised"]


def test_next_lowers_the_first_and_who_raises_again_stands_last(house):
    up(house, house.boris)
    up(house, house.anna)
    down(house, house.fiona, house.boris)
    up(house, house.boris)
    assert hands_in(house.room) == [house.anna.pk, house.boris.pk]


def test_one_s_own_hand(house):
    up(house, house.anna)
    down(house, house.anna, house.anna)
    down(house, house.anna, house.anna)
    assert hands_in(house.room) == []
    assert told(house) == ["hand.raised", "hand.lowered"]


def test_others_hands_are_for_moderators(house):
    up(house, house.anna)
    with pytest.raises(Refused, match="may not") as refused:
        down(house, house.boris, house.anna)
    assert refused.value.code == "forbidden"
    assert hands_in(house.room) == [house.anna.pk]


def test_an_observer_raises_no_hand(house):
    with pytest.raises(Refused, match="observer"):
        up(house, house.otto)


def test_the_end_of_a_conversation_lowers_all(house):
    up(house, house.boris)
    up(house, house.anna)
    lower_all_hands(room=house.room, now=NOON)
    lower_all_hands(room=house.room, now=NOON)
    assert hands_in(house.room) == []
    assert told(house) == ["hand.raised"] * 2 + ["hand.lowered"] * 2
