"""Placing topics on the wall: who may, beside whom, and what is over."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rooms.models import Notes
from sessions.openspace.actions.placing import place_topic, unplace_topic
from sessions.openspace.models import Gathering, Placement, Slot, SlotKind
from tests.factories import NOON
from tests.factories.openspace import make_placement, make_slot, make_topic
from tests.support.wall import by, events, refusal


def place(wall, person, topic, slot, space, **fields):
    place_topic(**by(wall, person), topic=topic.pk, slot=slot.pk, space=space.pk, **fields)


def places(wall, topic):
    rows = Placement.objects.filter(topic=topic).order_by("slot__starts_at")
    return list(rows.values_list("slot", "space"))


@pytest.fixture
def other(wall):
    """A topic of Boris'."""
    return make_topic(wall.gathering, wall.boris, "What do we owe the young?")


def test_a_topic_that_waits_gets_a_place_and_notes(wall):
    place(wall, wall.anna, wall.topic, wall.first, wall.amber)
    (event,) = events(wall)
    (card,) = event["data"]["topics"]
    assert (event["name"], card["places"]) == (
        "topic.placed",
        [{"slot": wall.first.pk, "space": wall.amber.pk}],
    )
    notes = Notes.objects.get(pk=card["notes"])
    assert (notes.room, notes.title) == (wall.amber.room, "What should we stop doing?")


def test_it_moves_with_its_notes(wall):
    place(wall, wall.anna, wall.topic, wall.first, wall.amber)
    place(wall, wall.anna, wall.topic, wall.second, wall.birch, from_slot=wall.first.pk)
    assert places(wall, wall.topic) == [(wall.second.pk, wall.birch.pk)]
    notes = {card["notes"] for event in events(wall) for card in event["data"]["topics"]}
    assert notes == {Notes.objects.get().pk}


def test_where_it_stands_already_nothing_happens(wall):
    for from_slot in (None, wall.first.pk):
        place(wall, wall.anna, wall.topic, wall.first, wall.amber, from_slot=from_slot)
    assert len(events(wall)) == 1


class TestBeside:
    def test_somebody_was_faster(self, wall, other):
        place(wall, wall.boris, other, wall.first, wall.amber)
        refused = refusal(place, wall, wall.anna, wall.topic, wall.first, wall.amber)
        assert (refused.code, refused.present) == ("conflict", [other.pk])
        assert "2 “What do we owe the young?”" in refused.detail
        assert not places(wall, wall.topic)

    def test_beside_a_topic_that_one_has_seen(self, wall, other):
        place(wall, wall.boris, other, wall.first, wall.amber)
        place(wall, wall.anna, wall.topic, wall.first, wall.amber, beside=[other.pk])
        assert places(wall, wall.topic) == places(wall, other)

    def test_a_third_one_has_to_be_seen_too(self, wall, other):
        third = make_topic(wall.gathering, wall.carla)
        place(wall, wall.boris, other, wall.first, wall.amber)
        place(wall, wall.carla, third, wall.first, wall.amber, beside=[other.pk])
        refused = refusal(place, wall, wall.anna, wall.topic, wall.first, wall.amber, beside=[other.pk])
        assert refused.present == [other.pk, third.pk]

    def test_who_has_gone_meanwhile_is_in_nobodys_way(self, wall, other):
        place(wall, wall.anna, wall.topic, wall.first, wall.amber, beside=[other.pk])
        assert places(wall, wall.topic)


class TestSeenElsewhere:
    @pytest.fixture
    def shared(self, wall):
        """Anna's topic, with Carla as co-convener, stands in the first round in Amber."""
        wall.topic.co_conveners.add(wall.carla)
        make_placement(wall.topic, wall.first, wall.amber)
        return wall.topic

    def test_two_conveners_move_it_at_once(self, wall, shared):
        place(wall, wall.carla, shared, wall.second, wall.amber, from_slot=wall.first.pk)
        refused = refusal(place, wall, wall.anna, shared, wall.first, wall.birch, from_slot=wall.first.pk)
        assert (refused.code, "moved" in refused.detail) == ("conflict", True)
        assert places(wall, shared) == [(wall.second.pk, wall.amber.pk)]

    def test_who_thinks_that_it_waits_does_not_place_it_twice(self, wall, shared):
        assert refusal(place, wall, wall.anna, shared, wall.second, wall.birch).code == "conflict"
        assert len(places(wall, shared)) == 1

    def test_one_of_two_places_is_moved(self, wall, shared):
        third = make_slot(wall.gathering)
        make_placement(shared, wall.second, wall.amber)
        place(wall, wall.anna, shared, third, wall.birch, from_slot=wall.second.pk)
        assert places(wall, shared) == [(wall.first.pk, wall.amber.pk), (third.pk, wall.birch.pk)]
        refused = refusal(place, wall, wall.anna, shared, third, wall.amber, from_slot=wall.first.pk)
        assert refused.code == "conflict"


class TestWhatIsOver:
    @pytest.fixture(autouse=True)
    def over(self, wall):
        Slot.objects.filter(pk=wall.first.pk).update(started_at=NOON, ended_at=NOON)

    def test_nothing_goes_there(self, wall):
        refused = refusal(place, wall, wall.anna, wall.topic, wall.first, wall.amber)
        assert (refused.code, "over" in refused.detail) == ("conflict", True)

    def test_nothing_leaves_it(self, wall):
        make_placement(wall.topic, wall.first, wall.amber)
        refused = refusal(
            place, wall, wall.anna, wall.topic, wall.second, wall.amber, from_slot=wall.first.pk
        )
        assert "cannot be moved out" in refused.detail
        taken = refusal(unplace_topic, **by(wall, wall.anna), topic=wall.topic.pk, slot=wall.first.pk)
        assert taken.code == "conflict"
        assert places(wall, wall.topic) == [(wall.first.pk, wall.amber.pk)]

    def test_a_round_that_runs_is_not_over(self, wall):
        Slot.objects.filter(pk=wall.second.pk).update(started_at=NOON)
        place(wall, wall.anna, wall.topic, wall.second, wall.amber)
        assert places(wall, wall.topic)


def test_warned_of_but_allowed_in_a_break_and_in_the_lounge(wall):
    pause = make_slot(wall.gathering, kind=SlotKind.BREAK)
    place(wall, wall.anna, wall.topic, pause, wall.lounge)
    assert places(wall, wall.topic) == [(pause.pk, wall.lounge.pk)]


@pytest.mark.parametrize("who", ["boris", "fiona", "olga", "otto"])
def test_nobody_else_places_it(wall, who):
    person = getattr(wall, who)
    assert refusal(place, wall, person, wall.topic, wall.first, wall.amber).code == "forbidden"
    make_placement(wall.topic, wall.first, wall.amber)
    taken = refusal(unplace_topic, **by(wall, person), topic=wall.topic.pk, slot=wall.first.pk)
    assert taken.code == "forbidden"


def test_a_co_convener_places_it(wall):
    wall.topic.co_conveners.add(wall.boris)
    place(wall, wall.boris, wall.topic, wall.first, wall.amber)
    assert places(wall, wall.topic)


def test_it_waits_again(wall):
    make_placement(wall.topic, wall.first, wall.amber)
    for _ in range(2):
        unplace_topic(**by(wall, wall.anna), topic=wall.topic.pk, slot=wall.first.pk)
    (event,) = events(wall)
    assert (event["name"], event["data"]["topics"][0]["places"]) == ("topic.unplaced", [])


def test_what_is_not_on_this_wall(wall):
    elsewhere = make_slot()
    assert refusal(place, wall, wall.anna, wall.topic, elsewhere, wall.amber).code == "not_found"
    wall.birch.removed_at = NOON
    wall.birch.save()
    assert refusal(place, wall, wall.anna, wall.topic, wall.first, wall.birch).code == "conflict"


def test_a_closed_market_says_so(wall):
    Gathering.objects.update(is_market_open=False)
    refused = refusal(place, wall, wall.anna, wall.topic, wall.first, wall.amber)
    assert (refused.code, "market is closed" in refused.detail) == ("forbidden", True)


def test_places_stand_in_the_order_of_their_times_across_midnight(wall):
    """Late in Budapest, the next day in Sofia: the same moments for all."""
    late = datetime(2026, 2, 10, 23, 30, tzinfo=ZoneInfo("Europe/Budapest"))
    night = make_slot(wall.gathering, late.astimezone(UTC))
    make_placement(wall.topic, wall.first, wall.amber)
    make_placement(wall.topic, night, wall.amber)
    place(wall, wall.anna, wall.topic, wall.second, wall.amber, from_slot=wall.first.pk)
    (card,) = events(wall)[0]["data"]["topics"]
    assert [each["slot"] for each in card["places"]] == [wall.second.pk, night.pk]
    assert night.ends_at - night.starts_at == timedelta(minutes=45)
