"""Proposing, changing, withdrawing, leaving and adopting topics; interest."""

import pytest

from sessions.openspace.actions.placing import place_topic
from sessions.openspace.actions.topics import (
    TITLE_LIMIT,
    TOPICS_LIMIT,
    WHY_LIMIT,
    adopt_topic,
    change_topic,
    leave_topic,
    mark_interest,
    propose_topic,
    unmark_interest,
    withdraw_topic,
)
from sessions.openspace.models import Gathering, Interest, Slot, TopicState
from synergy.cohorts.models import Role, Seat
from tests.factories import NOON
from tests.factories.openspace import make_gathering, make_placement, make_topic
from tests.support.wall import by, events, refusal


def propose(wall, person, title="What do we owe the young?", **fields):
    return propose_topic(**by(wall, person), title=title, **fields)


class TestPropose:
    def test_it_waits_on_the_wall_with_the_next_number(self, wall):
        topic = propose(
            wall,
            wall.boris,
            title="  What do   we owe the young? ",
            why="They leave.",
            language="bg",
            co_conveners=[wall.carla.pk],
            not_with=[wall.topic.pk],
            wished_capacity=30,
        )
        (event,) = events(wall, "topic.proposed")
        (card,) = event["data"]["topics"]
        assert card == {
            "id": topic.pk,
            "number": 2,
            "title": "What do we owe the young?",
            "why": "They leave.",
            "language": "bg",
            "convener": wall.boris.pk,
            "co_conveners": [wall.carla.pk],
            "not_with": [wall.topic.pk],
            "wished_capacity": 30,
            "state": "offered",
            "merged_into": None,
            "did_not_happen": False,
            "places": [],
            "interested": [],
            "report": "none",
            "notes": None,
            "proposed_by": wall.boris.pk,
            "at": "2026-02-10T12:00:00Z",
        }
        assert event["by"] == wall.boris.pk

    def test_numbers_go_on_with_one_gathering_in_hand(self, wall):
        mine = by(wall, wall.anna)
        numbers = [propose_topic(**mine, title="Again").number for _ in range(3)]
        assert numbers == [2, 3, 4]

    def test_a_facilitator_may_propose_as_everybody(self, wall):
        assert propose(wall, wall.fiona).convener == wall.fiona

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("title", "  \u200b "),
            ("title", "x" * (TITLE_LIMIT + 1)),
            ("why", "x" * (WHY_LIMIT + 1)),
        ],
    )
    def test_a_text_that_does_not_do_says_where(self, wall, field, value):
        refused = refusal(propose, wall, wall.anna, **{field: value})
        assert (refused.code, list(refused.fields)) == ("invalid", [field])
        assert not events(wall)

    def test_the_longest_texts_do(self, wall):
        assert propose(wall, wall.anna, title="x" * TITLE_LIMIT, why="y" * WHY_LIMIT).pk

    def test_co_conveners_take_part(self, wall):
        for somebody in (wall.otto, wall.outsider):
            refused = refusal(propose, wall, wall.anna, co_conveners=[somebody.pk])
            assert list(refused.fields) == ["co_conveners"]
        own = propose(wall, wall.anna, co_conveners=[wall.anna.pk, wall.fiona.pk])
        assert list(own.co_conveners.all()) == [wall.fiona]

    def test_topics_of_other_walls_cannot_be_named(self, wall):
        elsewhere = make_topic(make_gathering())
        refused = refusal(propose, wall, wall.anna, not_with=[elsewhere.pk])
        assert list(refused.fields) == ["not_with"]

    def test_the_wall_is_full_one_day(self, wall):
        Gathering.objects.update(last_number=TOPICS_LIMIT - 1)
        assert propose(wall, wall.anna).number == TOPICS_LIMIT
        assert refusal(propose, wall, wall.anna).code == "conflict"

    def test_a_closed_market_says_so(self, wall):
        Gathering.objects.update(is_market_open=False)
        refused = refusal(propose, wall, wall.fiona)
        assert (refused.code, "market is closed" in refused.detail) == ("forbidden", True)


class TestChange:
    def test_what_is_left_out_stays(self, wall):
        change_topic(**by(wall, wall.anna, topic=wall.topic.pk), why="It takes all day.", wished_capacity=12)
        change_topic(**by(wall, wall.anna, topic=wall.topic.pk), co_conveners=[wall.boris.pk])
        change_topic(**by(wall, wall.boris, topic=wall.topic.pk), wished_capacity=None)
        (card,) = events(wall, "topic.changed")[-1]["data"]["topics"]
        assert (card["title"], card["why"]) == ("What should we stop doing?", "It takes all day.")
        assert (card["co_conveners"], card["wished_capacity"]) == ([wall.boris.pk], None)

    def test_nothing_new_is_no_event(self, wall):
        change_topic(**by(wall, wall.anna, topic=wall.topic.pk), title=wall.topic.title)
        assert not events(wall)

    @pytest.mark.parametrize("who", ["boris", "fiona", "olga"])
    def test_nobody_else_changes_it(self, wall, who):
        refused = refusal(change_topic, **by(wall, getattr(wall, who), topic=wall.topic.pk), title="Mine")
        assert refused.code == "forbidden"

    def test_it_works_while_the_market_is_closed(self, wall):
        Gathering.objects.update(is_market_open=False)
        change_topic(**by(wall, wall.anna, topic=wall.topic.pk), title="Better")
        assert events(wall, "topic.changed")


class TestWithdraw:
    def test_its_place_becomes_free(self, wall):
        make_placement(wall.topic, wall.first, wall.amber)
        withdraw_topic(**by(wall, wall.anna, topic=wall.topic.pk))
        (card,) = events(wall, "topic.withdrawn")[0]["data"]["topics"]
        assert (card["state"], card["places"]) == (TopicState.WITHDRAWN, [])
        assert refusal(change_topic, **by(wall, wall.anna, topic=wall.topic.pk), title="x").code == "conflict"

    def test_what_has_been_talked_about_stays(self, wall):
        make_placement(wall.topic, wall.first, wall.amber)
        Slot.objects.filter(pk=wall.first.pk).update(started_at=NOON, ended_at=NOON)
        assert refusal(withdraw_topic, **by(wall, wall.anna, topic=wall.topic.pk)).code == "conflict"

    def test_nobody_else_withdraws_it(self, wall):
        assert refusal(withdraw_topic, **by(wall, wall.fiona, topic=wall.topic.pk)).code == "forbidden"


class TestLeaveAndAdopt:
    def test_a_topic_without_convener_keeps_its_place_and_is_adopted(self, wall):
        make_placement(wall.topic, wall.first, wall.amber)
        leave_topic(**by(wall, wall.anna, topic=wall.topic.pk))
        (card,) = events(wall, "topic.left")[0]["data"]["topics"]
        assert (card["convener"], len(card["places"])) == (None, 1)
        adopt_topic(**by(wall, wall.boris, topic=wall.topic.pk))
        (card,) = events(wall, "topic.adopted")[0]["data"]["topics"]
        assert (card["convener"], card["proposed_by"]) == (wall.boris.pk, wall.anna.pk)

    def test_a_co_convener_leaves_alone(self, wall):
        wall.topic.co_conveners.add(wall.boris)
        leave_topic(**by(wall, wall.boris, topic=wall.topic.pk))
        (card,) = events(wall, "topic.left")[0]["data"]["topics"]
        assert (card["convener"], card["co_conveners"]) == (wall.anna.pk, [])

    def test_a_co_convener_who_adopts_is_one_no_more(self, wall):
        wall.topic.co_conveners.add(wall.boris)
        leave_topic(**by(wall, wall.anna, topic=wall.topic.pk))
        adopt_topic(**by(wall, wall.boris, topic=wall.topic.pk))
        (card,) = events(wall, "topic.adopted")[0]["data"]["topics"]
        assert (card["convener"], card["co_conveners"]) == (wall.boris.pk, [])

    def test_a_topic_with_a_convener_is_not_adopted(self, wall):
        refused = refusal(adopt_topic, **by(wall, wall.boris, topic=wall.topic.pk))
        assert (refused.code, "Anna Nowak" in refused.detail) == ("conflict", True)

    @pytest.mark.parametrize("change", [{"ended_at": NOON}, {"role": Role.OBSERVER}])
    def test_who_is_gone_convenes_no_more(self, wall, change):
        Seat.objects.filter(person=wall.anna).update(**change)
        adopt_topic(**by(wall, wall.boris, topic=wall.topic.pk))
        wall.topic.refresh_from_db()
        assert wall.topic.convener == wall.boris

    def test_it_works_while_the_market_is_closed(self, wall):
        Gathering.objects.update(is_market_open=False)
        leave_topic(**by(wall, wall.anna, topic=wall.topic.pk))
        adopt_topic(**by(wall, wall.carla, topic=wall.topic.pk))
        assert [event["name"] for event in events(wall)] == ["topic.left", "topic.adopted"]


class TestInterest:
    def test_twice_is_once(self, wall):
        for _ in range(2):
            mark_interest(**by(wall, wall.boris, topic=wall.topic.pk))
        assert [event["data"] for event in events(wall)] == [
            {"topic": wall.topic.pk, "person": wall.boris.pk}
        ]
        for _ in range(2):
            unmark_interest(**by(wall, wall.boris, topic=wall.topic.pk))
        assert len(events(wall)) == 2
        assert not Interest.objects.exists()

    def test_not_in_what_is_gone(self, wall):
        withdraw_topic(**by(wall, wall.anna, topic=wall.topic.pk))
        assert refusal(mark_interest, **by(wall, wall.boris, topic=wall.topic.pk)).code == "conflict"


def test_a_topic_of_another_wall_is_not_found(wall):
    elsewhere = make_topic(make_gathering(), wall.anna)
    for act in (withdraw_topic, leave_topic, adopt_topic, mark_interest):
        assert refusal(act, **by(wall, wall.anna, topic=elsewhere.pk)).code == "not_found"
    refused = refusal(
        place_topic, **by(wall, wall.anna, topic=elsewhere.pk), slot=wall.first.pk, space=wall.amber.pk
    )
    assert refused.code == "not_found"
