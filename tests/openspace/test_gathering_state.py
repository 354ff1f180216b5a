"""The fresh state of a gathering."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions.openspace.queries import gathering_for, gathering_state_of
from tests.factories.openspace import make_placement, make_topic


def test_what_a_person_gets(wall):
    make_placement(wall.topic, wall.first, wall.amber)
    state = gathering_state_of(wall.anna, wall.into(wall.anna))
    assert [space.name for space in state.spaces] == ["Amber", "Birch", "Lounge"]
    assert [slot.id for slot in state.slots] == [wall.first.pk, wall.second.pk]
    (topic,) = state.topics
    assert (topic.title, topic.convener) == ("What should we stop doing?", wall.anna.pk)
    assert [(place.slot, place.space) for place in topic.places] == [(wall.first.pk, wall.amber.pk)]
    assert state.me == wall.anna.pk
    assert state.people[str(wall.boris.pk)].name == "Борис Петров"
    assert state.rights.take_part
    assert not state.rights.facilitate


def test_who_may_not_see_it_finds_nothing(wall):
    assert gathering_for(wall.outsider, wall.gathering.pk) is None
    assert gathering_for(wall.otto, wall.gathering.pk) is not None


@pytest.fixture
def queries(wall):
    """How many queries a fresh state costs now."""

    def count():
        gathering = wall.into(wall.anna)
        with CaptureQueriesContext(connection) as captured:
            gathering_state_of(wall.anna, gathering)
        return len(captured)

    return count


def test_three_topics_cost_no_more_queries_than_one(wall, queries):
    make_placement(wall.topic, wall.first, wall.amber)
    wall.topic.interests.create(person=wall.boris)
    one = queries()
    for slot in (wall.first, wall.second):
        topic = make_topic(wall.gathering)
        topic.interests.create(person=wall.boris)
        topic.co_conveners.add(wall.carla)
        make_placement(topic, slot, wall.birch)
    assert queries() == one
