"""Merging, swapping and continuing topics, with the consent of all conveners concerned."""

import pytest

from sessions.openspace.actions.placing import place_topic, unplace_topic
from sessions.openspace.actions.requests import answer_request, make_request, take_back_request
from sessions.openspace.actions.topics import (
    adopt_topic,
    change_topic,
    leave_topic,
    mark_interest,
    withdraw_topic,
)
from sessions.openspace.models import Gathering, Placement, Request, Slot, Topic
from synergy.cohorts.models import Seat
from tests.factories import NOON
from tests.factories.openspace import make_placement, make_slot, make_topic
from tests.support.wall import by, events, refusal


@pytest.fixture
def other(wall):
    """A topic of Boris', in the second round in Birch; Anna's stands in the first in Amber."""
    other = make_topic(wall.gathering, wall.boris, "What do we owe the young?")
    make_placement(wall.topic, wall.first, wall.amber)
    make_placement(other, wall.second, wall.birch)
    return other


def merge(wall, person, one, other):
    return make_request(**by(wall, person), kind="merge", topic=one.pk, other=other.pk)


def swap(wall, person, one, from_slot, other, slot):
    places = {"from_slot": from_slot.pk, "slot": slot.pk}
    return make_request(**by(wall, person), kind="swap", topic=one.pk, other=other.pk, **places)


def go_on(wall, person, topic, slot, space):
    return make_request(**by(wall, person), kind="continue", topic=topic.pk, slot=slot.pk, space=space.pk)


def answer(wall, person, request, accept=True):
    return answer_request(**by(wall, person), request=request.pk, accept=accept)


def places(topic):
    return list(
        Placement.objects.filter(topic=topic).order_by("slot__starts_at").values_list("slot", "space")
    )


def state(request):
    request.refresh_from_db()
    return request.state


class TestMerge:
    def test_one_goes_into_the_other_when_both_agree(self, wall, other):
        wall.topic.co_conveners.add(wall.fiona)
        for person in (wall.carla, wall.olga):
            mark_interest(**by(wall, person), topic=wall.topic.pk)
        mark_interest(**by(wall, wall.carla), topic=other.pk)
        request = merge(wall, wall.anna, wall.topic, other)
        assert request.waiting_for == [wall.boris.pk]
        answer(wall, wall.boris, request)
        merged, kept = (
            next(card for card in events(wall)[-1]["data"]["topics"] if card["id"] == topic.pk)
            for topic in (wall.topic, other)
        )
        assert (merged["state"], merged["merged_into"], merged["places"]) == ("merged", other.pk, [])
        assert kept["title"] == "What do we owe the young?"
        assert (kept["convener"], set(kept["co_conveners"])) == (wall.boris.pk, {wall.anna.pk, wall.fiona.pk})
        assert kept["interested"] == [wall.carla.pk, wall.olga.pk]
        assert places(other) == [(wall.second.pk, wall.birch.pk)]

    def test_who_convenes_both_agrees_with_themself(self, wall):
        own = make_topic(wall.gathering, wall.anna)
        assert merge(wall, wall.anna, own, wall.topic).state == "accepted"
        assert [event["name"] for event in events(wall)] == ["request.made"]
        assert Topic.objects.get(pk=own.pk).merged_into == wall.topic

    def test_somebody_else_asks_both(self, wall, other):
        request = merge(wall, wall.carla, wall.topic, other)
        assert request.waiting_for == [wall.anna.pk, wall.boris.pk]
        answer(wall, wall.boris, request)
        assert state(request) == "open"
        answer(wall, wall.anna, request)
        assert state(request) == "accepted"

    def test_one_who_declines_ends_it(self, wall, other):
        request = merge(wall, wall.carla, wall.topic, other)
        answer(wall, wall.boris, request, accept=False)
        assert state(request) == "refused"
        assert refusal(answer, wall, wall.anna, request).code == "conflict"
        assert Topic.objects.filter(state="offered").count() == 2

    def test_facilitators_ask_as_everybody_and_merge_nothing(self, wall, other):
        request = merge(wall, wall.fiona, wall.topic, other)
        assert refusal(answer, wall, wall.fiona, request).code == "forbidden"
        assert state(request) == "open"

    def test_what_has_had_its_round_stays(self, wall, other):
        Slot.objects.filter(pk=wall.first.pk).update(started_at=NOON, ended_at=NOON)
        assert refusal(merge, wall, wall.anna, wall.topic, other).code == "conflict"
        assert merge(wall, wall.anna, other, wall.topic).waiting_for == [wall.boris.pk]

    def test_not_with_more_co_conveners_than_a_topic_may_have(self, wall, other):
        crowd = [wall.seated(f"Guest {number}") for number in range(10)]
        wall.topic.co_conveners.set(crowd[:5])
        other.co_conveners.set(crowd[5:])
        refused = refusal(merge, wall, wall.carla, wall.topic, other)
        assert (refused.code, "10 co-conveners" in refused.detail) == ("conflict", True)
        other.co_conveners.remove(crowd[9])
        assert merge(wall, wall.carla, wall.topic, other).state == "open"

    def test_not_with_itself(self, wall):
        assert refusal(merge, wall, wall.anna, wall.topic, wall.topic).code == "invalid"


class TestSwap:
    def test_they_change_places(self, wall, other):
        request = swap(wall, wall.anna, wall.topic, wall.first, other, wall.second)
        answer(wall, wall.boris, request)
        assert places(wall.topic) == [(wall.second.pk, wall.birch.pk)]
        assert places(other) == [(wall.first.pk, wall.amber.pk)]
        assert {card["id"] for card in events(wall)[-1]["data"]["topics"]} == {wall.topic.pk, other.pk}

    def test_in_one_round_they_change_spaces(self, wall, other):
        third = make_topic(wall.gathering, wall.anna)
        make_placement(third, wall.second, wall.amber)
        request = swap(wall, wall.boris, other, wall.second, third, wall.second)
        answer(wall, wall.anna, request)
        assert places(third) == [(wall.second.pk, wall.birch.pk)]
        assert places(other) == [(wall.second.pk, wall.amber.pk)]

    def test_not_twice_in_a_round(self, wall, other):
        make_placement(wall.topic, wall.second, wall.lounge)
        refused = refusal(swap, wall, wall.anna, wall.topic, wall.first, other, wall.second)
        assert "twice" in refused.detail

    def test_not_what_is_over(self, wall, other):
        Slot.objects.filter(pk=wall.first.pk).update(started_at=NOON, ended_at=NOON)
        assert refusal(swap, wall, wall.anna, wall.topic, wall.first, other, wall.second).code == "conflict"

    def test_not_where_they_do_not_stand(self, wall, other):
        assert refusal(swap, wall, wall.anna, wall.topic, wall.second, other, wall.first).code == "conflict"


class TestContinue:
    def test_the_convener_goes_on_at_once(self, wall, other):
        assert go_on(wall, wall.anna, wall.topic, wall.second, wall.amber).state == "accepted"
        assert places(wall.topic) == [(wall.first.pk, wall.amber.pk), (wall.second.pk, wall.amber.pk)]

    def test_somebody_else_asks(self, wall, other):
        request = go_on(wall, wall.carla, wall.topic, wall.second, wall.lounge)
        answer(wall, wall.anna, request)
        assert places(wall.topic)[-1] == (wall.second.pk, wall.lounge.pk)

    def test_after_its_round_too(self, wall, other):
        Slot.objects.filter(pk=wall.first.pk).update(started_at=NOON, ended_at=NOON)
        assert go_on(wall, wall.anna, wall.topic, wall.second, wall.amber).state == "accepted"

    def test_what_has_no_place_is_placed_first(self, wall):
        refused = refusal(go_on, wall, wall.anna, wall.topic, wall.second, wall.amber)
        assert (refused.code, "no place yet" in refused.detail) == ("conflict", True)

    def test_not_where_it_stands_and_not_in_the_past(self, wall, other):
        assert refusal(go_on, wall, wall.anna, wall.topic, wall.first, wall.lounge).code == "conflict"
        over = make_slot(wall.gathering, started_at=NOON, ended_at=NOON)
        assert refusal(go_on, wall, wall.anna, wall.topic, over, wall.lounge).code == "conflict"


class TestWhoAnswers:
    def test_a_co_convener_answers_for_the_convener(self, wall, other):
        other.co_conveners.add(wall.carla)
        request = merge(wall, wall.anna, wall.topic, other)
        answer(wall, wall.carla, request)
        assert state(request) == "accepted"

    def test_only_who_asked_takes_it_back(self, wall, other):
        request = merge(wall, wall.carla, wall.topic, other)
        refused = refusal(take_back_request, **by(wall, wall.anna), request=request.pk)
        assert refused.code == "forbidden"
        take_back_request(**by(wall, wall.carla), request=request.pk)
        assert state(request) == "taken_back"
        assert refusal(answer, wall, wall.anna, request).code == "conflict"

    def test_with_a_closed_market_one_can_only_decline(self, wall, other):
        request = merge(wall, wall.carla, wall.topic, other)
        Gathering.objects.update(is_market_open=False)
        assert refusal(answer, wall, wall.anna, request).code == "forbidden"
        answer(wall, wall.anna, request, accept=False)
        assert state(request) == "refused"


def test_the_same_is_not_asked_twice(wall, other):
    merge(wall, wall.carla, wall.topic, other)
    assert refusal(merge, wall, wall.anna, wall.topic, other).code == "conflict"
    merge(wall, wall.anna, other, wall.topic)


@pytest.mark.parametrize(
    "fields", [{"kind": "merge"}, {"kind": "swap"}, {"kind": "continue"}, {"kind": "merge", "slot": True}]
)
def test_a_request_says_all_that_it_needs_and_no_more(wall, other, fields):
    if "slot" in fields:
        fields = {**fields, "slot": wall.first.pk, "other": other.pk}
    assert refusal(make_request, **by(wall, wall.anna), topic=wall.topic.pk, **fields).code == "invalid"


class TestVoid:
    """What can no longer be done does not wait for an answer."""

    @pytest.fixture
    def asked(self, wall, other):
        return {
            "merge": merge(wall, wall.carla, wall.topic, other),
            "swap": swap(wall, wall.carla, wall.topic, wall.first, other, wall.second),
            "continue": go_on(wall, wall.carla, wall.topic, wall.second, wall.lounge),
        }

    def still_open(self, asked):
        return {kind for kind, request in asked.items() if state(request) == "open"}

    def told(self, wall):
        return {card["id"] for card in events(wall)[-1]["data"]["requests"]}

    def test_a_topic_that_is_withdrawn(self, wall, asked):
        withdraw_topic(**by(wall, wall.anna), topic=wall.topic.pk)
        assert not self.still_open(asked)
        assert self.told(wall) == {request.pk for request in asked.values()}

    def test_a_topic_that_nobody_convenes(self, wall, other, asked):
        leave_topic(**by(wall, wall.boris), topic=other.pk)
        assert self.still_open(asked) == {"continue"}

    def test_a_topic_that_moves(self, wall, asked):
        place_topic(
            **by(wall, wall.anna),
            topic=wall.topic.pk,
            slot=wall.second.pk,
            space=wall.amber.pk,
            from_slot=wall.first.pk,
        )
        assert self.still_open(asked) == {"merge"}
        assert self.told(wall) == {asked["swap"].pk, asked["continue"].pk}

    def test_a_topic_that_waits_again(self, wall, asked):
        unplace_topic(**by(wall, wall.anna), topic=wall.topic.pk, slot=wall.first.pk)
        assert self.still_open(asked) == {"merge"}

    def test_one_request_makes_another_one_void(self, wall, asked):
        answer(wall, wall.anna, asked["merge"])
        answer(wall, wall.boris, asked["merge"])
        assert not self.still_open(asked)
        assert self.told(wall) == {request.pk for request in asked.values()}

    def test_a_change_of_words_leaves_them(self, wall, asked):
        change_topic(**by(wall, wall.anna), topic=wall.topic.pk, title="Better")
        assert self.still_open(asked) == {"merge", "swap", "continue"}

    def test_a_new_convener_is_not_bound(self, wall, other, asked):
        answer(wall, wall.anna, asked["merge"])
        leave_topic(**by(wall, wall.anna), topic=wall.topic.pk)
        adopt_topic(**by(wall, wall.carla), topic=wall.topic.pk)
        assert not self.still_open(asked)

    @pytest.mark.parametrize("how", ["removed", "leaves"])
    def test_who_spoke_for_the_convener_and_does_no_longer(self, wall, other, how):
        wall.topic.co_conveners.add(wall.carla, wall.fiona)
        by_carla = merge(wall, wall.carla, wall.topic, other)
        by_fiona = go_on(wall, wall.olga, wall.topic, wall.second, wall.lounge)
        if how == "removed":
            change_topic(**by(wall, wall.anna), topic=wall.topic.pk, co_conveners=[wall.fiona.pk])
        else:
            leave_topic(**by(wall, wall.carla), topic=wall.topic.pk)
        assert (state(by_carla), state(by_fiona)) == ("taken_back", "open")
        assert self.told(wall) == {by_carla.pk}
        assert refusal(answer, wall, wall.boris, by_carla).code == "conflict"

    @pytest.mark.parametrize("asks", ["anna", "carla"])
    def test_who_takes_over_from_somebody_who_is_gone_is_not_bound(self, wall, other, asks):
        request = merge(wall, getattr(wall, asks), wall.topic, other)
        if asks == "carla":
            answer(wall, wall.anna, request)
        Seat.objects.filter(person=wall.anna).update(ended_at=NOON)
        adopt_topic(**by(wall, wall.olga), topic=wall.topic.pk)
        assert state(request) == "taken_back"
        assert self.told(wall) == {request.pk}
        assert refusal(answer, wall, wall.boris, request).code == "conflict"

    def test_time_goes_by_before_the_answer(self, wall, asked):
        Slot.objects.filter(pk=wall.first.pk).update(started_at=NOON, ended_at=NOON)
        answer(wall, wall.anna, asked["swap"])
        assert state(asked["swap"]) == "taken_back"
        assert Request.objects.filter(state="accepted").count() == 0
