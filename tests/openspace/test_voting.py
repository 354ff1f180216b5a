"""The vote, and that nobody learns who gave what."""

import json

import msgspec
import pytest
from django.urls import reverse

from sessions.openspace.actions import preparing, voting
from sessions.openspace.actions.requests import make_request
from sessions.openspace.actions.topics import withdraw_topic
from sessions.openspace.models import Gathering, TopicState, Vote
from sessions.openspace.queries import gathering_state_of, gathering_stream
from sessions.openspace.queries.votes import votes_of
from synergy.journal.models import Event
from tests.factories import NOON
from tests.factories.openspace import make_topic
from tests.support.told import told
from tests.support.wall import refusal


@pytest.fixture
def by(wall):
    return lambda person: {"person": person, "gathering": wall.into(person), "now": NOON}


@pytest.fixture
def stream(wall):
    return gathering_stream(wall.gathering.pk)


@pytest.fixture
def topics(wall):
    """Three topics, by id."""
    return [wall.topic.pk, make_topic(wall.gathering).pk, make_topic(wall.gathering).pk]


def cast(by, person, points):
    return voting.cast_vote(**by(person), points=points)


def test_points_are_given_changed_and_counted(wall, by, stream, topics):
    one, two, three = topics
    assert refusal(cast, by=by, person=wall.anna, points={one: 1}).code == "conflict"
    voting.open_voting(**by(wall.fiona), points_each=5)
    cast(by, wall.anna, {one: 5})
    assert cast(by, wall.anna, {one: 2, two: 3, three: 0}) == {one: 2, two: 3}
    cast(by, wall.boris, {two: 1})
    cast(by, wall.boris, {two: 1})
    voting.close_voting(**by(wall.fiona))
    voting.close_voting(**by(wall.olga))
    first, *casts, last = told(stream)
    assert [event["name"] for event in (first, last)] == ["voting.set"] * 2
    assert [(event["name"], event["data"]) for event in casts] == [
        ("vote.cast", {"voters": 1}),
        ("vote.cast", {"voters": 2}),
    ]
    cards = [event["data"]["gathering"] for event in (first, last)]
    assert [(card["voters"], card["results"]) for card in cards] == [
        (0, None),
        (2, {str(two): 4, str(one): 2}),
    ]
    assert refusal(cast, by=by, person=wall.anna, points={}).code == "conflict"


def test_points_can_be_taken_back(wall, by, stream, topics):
    voting.open_voting(**by(wall.fiona), points_each=3)
    cast(by, wall.anna, {topics[0]: 3})
    cast(by, wall.anna, {})
    assert not Vote.objects.exists()
    assert [event["data"]["voters"] for event in told(stream)[1:]] == [1, 0]


@pytest.mark.parametrize("how", ["withdrawn", "merged"])
def test_points_of_a_topic_that_goes_are_free_again(wall, by, stream, topics, how):
    voting.open_voting(**by(wall.fiona), points_each=3)
    cast(by, wall.anna, {topics[0]: 3})
    cast(by, wall.boris, {topics[0]: 1, topics[1]: 2})
    if how == "withdrawn":
        withdraw_topic(**by(wall.anna), topic=topics[0])
    else:
        own = make_topic(wall.gathering, wall.anna).pk
        make_request(**by(wall.anna), kind="merge", topic=topics[0], other=own)
    assert told(stream)[-1]["data"]["gathering"]["voters"] == 1
    assert votes_of(wall.anna, wall.into(wall.anna)) == {}
    assert cast(by, wall.anna, {topics[1]: 3}) == {topics[1]: 3}
    assert told(stream)[-1]["data"] == {"voters": 2}
    voting.close_voting(**by(wall.fiona))
    assert told(stream)[-1]["data"]["gathering"]["results"] == {str(topics[1]): 5}


def test_nobody_gives_more_than_they_have_nor_to_what_is_not_on_offer(wall, by, topics):
    voting.open_voting(**by(wall.fiona), points_each=3)
    too_much = refusal(cast, by=by, person=wall.anna, points={topics[0]: 2, topics[1]: 2})
    assert (too_much.code, list(too_much.fields)) == ("invalid", ["points"])
    elsewhere = make_topic().pk
    assert refusal(cast, by=by, person=wall.anna, points={elsewhere: 1}).code == "conflict"
    wall.gathering.topics.filter(pk=topics[1]).update(state=TopicState.WITHDRAWN)
    assert refusal(cast, by=by, person=wall.anna, points={topics[1]: 1}).code == "conflict"
    assert cast(by, wall.anna, {topics[0]: 2, topics[2]: 1}) == {topics[0]: 2, topics[2]: 1}


def test_who_gave_what_is_in_no_fact_and_no_state(wall, by, stream, topics, client):
    voting.open_voting(**by(wall.fiona), points_each=7)
    cast(by, wall.anna, {topics[0]: 7})
    (event,) = [event for event in told(stream) if event["name"] == "vote.cast"]
    assert event["by"] is None
    assert event["data"] == {"voters": 1}
    kept = Event.objects.get(name="vote.cast")
    assert kept.by is None
    for person in (wall.anna, wall.boris, wall.fiona, wall.olga):
        state = msgspec.to_builtins(gathering_state_of(person, wall.into(person)))
        assert state["gathering"]["results"] is None
        assert "points" not in json.dumps(state, default=str).replace("points_each", "")
    address = reverse("openspace:api_votes", args=[wall.gathering.pk])
    for person, points in ((wall.boris, {}), (wall.fiona, {}), (wall.anna, {str(topics[0]): 7})):
        client.force_login(person)
        assert client.get(address).json() == {"points": points}
    client.force_login(wall.outsider)
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 403


def test_opened_again_the_vote_goes_on_or_begins_anew(wall, by, topics):
    voting.open_voting(**by(wall.fiona), points_each=3)
    voting.open_voting(**by(wall.olga), points_each=3)
    assert refusal(voting.open_voting, **by(wall.olga), points_each=4).code == "conflict"
    cast(by, wall.anna, {topics[0]: 3})
    voting.close_voting(**by(wall.fiona))
    voting.open_voting(**by(wall.fiona), points_each=3)
    assert Vote.objects.count() == 1
    voting.close_voting(**by(wall.fiona))
    voting.open_voting(**by(wall.fiona), points_each=2)
    assert not Vote.objects.exists()
    assert Gathering.objects.get().points_each == 2


def test_the_number_of_points_is_changed_beside_no_vote(wall, by, topics):
    preparing.change_gathering(**by(wall.fiona), points_each=4)
    voting.open_voting(**by(wall.fiona), points_each=4)
    cast(by, wall.anna, {topics[0]: 4})
    for _state in ("open", "closed"):
        late = refusal(preparing.change_gathering, **by(wall.fiona), points_each=2)
        assert (late.code, list(late.fields)) == ("conflict", ["points_each"])
        preparing.change_gathering(**by(wall.fiona), points_each=4, sponsor="Dr A")
        voting.close_voting(**by(wall.fiona))
    assert Gathering.objects.get().points_each == 4


def test_there_is_nothing_to_close_before_a_vote(wall, by):
    assert refusal(voting.close_voting, **by(wall.fiona)).code == "conflict"
