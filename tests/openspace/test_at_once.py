"""Many people at the same moment, each in a transaction of their own."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from django.db import connection

from sessions.openspace.actions.placing import place_topic
from sessions.openspace.actions.topics import propose_topic
from sessions.openspace.models import Placement, Space, Stay, Topic
from sessions.openspace.queries import gathering_stream
from synergy.journal import log
from synergy.live.commands import execute, request_for
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.factories.openspace import make_topic, make_wall
from tests.support.together import second_of_two
from tests.support.wall import by

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


@pytest.fixture
def wall(transactional_db):
    return make_wall()


def all_at_once(wall, people, name, data):
    """The answers to one command of each person, from threads that start together."""
    start = threading.Barrier(THREADS)

    def some(persons):
        start.wait(10)
        try:
            return [answer for person in persons for answer in execute([ask(person)], NOON)]
        finally:
            connection.close()

    def ask(person):
        body = msgspec.json.encode(data)
        return request_for(person, uuid.uuid4(), f"gathering:{wall.gathering.pk}", name, body, "en")

    with ThreadPoolExecutor(THREADS) as pool:
        shares = [people[number::THREADS] for number in range(THREADS)]
        return [answer for answers in pool.map(some, shares) for answer in answers]


def test_forty_clicks_for_eight_places(wall):
    Space.objects.filter(pk=wall.amber.pk).update(capacity=8, is_hard=True)
    crowd = [wall.seated(f"Guest {number}") for number in range(40)]
    answers = all_at_once(wall, crowd, "person.move", {"space": wall.amber.pk})
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert (len(answers) - len(refused), len(refused)) == (8, 32)
    assert {answer.code for answer in refused} == {"conflict"}
    assert all(answer.present == [wall.birch.pk, wall.lounge.pk] for answer in refused)
    assert Stay.objects.filter(space=wall.amber, until=None).count() == 8
    assert log.head(gathering_stream(wall.gathering.pk)) == 8
    answers = all_at_once(wall, [wall.fiona, wall.olga], "person.move", {"space": wall.amber.pk})
    assert not [answer for answer in answers if isinstance(answer, Refused)]


def test_forty_topics_have_forty_numbers(wall):
    crowd = [wall.seated(f"Guest {number}") for number in range(40)]
    answers = all_at_once(wall, crowd, "topic.propose", {"title": "One question"})
    assert sorted(answer.data.number for answer in answers) == list(range(2, 42))


def test_two_people_place_on_the_same_cell(wall):
    topics = {person: make_topic(wall.gathering, person) for person in (wall.boris, wall.carla)}
    waiting = list(topics.items())

    def act():
        person, topic = waiting.pop(0)
        place_topic(**by(wall, person), topic=topic.pk, slot=wall.first.pk, space=wall.amber.pk)

    answer = second_of_two(act)
    assert isinstance(answer, Refused)
    assert (answer.code, answer.present) == ("conflict", [topics[wall.boris].pk])
    assert [each.topic for each in Placement.objects.select_related("topic")] == [topics[wall.boris]]


def test_two_people_place_in_different_cells(wall):
    topics = {person: make_topic(wall.gathering, person) for person in (wall.boris, wall.carla)}
    waiting = list(zip(topics.items(), (wall.amber, wall.birch), strict=True))

    def act():
        (person, topic), space = waiting.pop(0)
        place_topic(**by(wall, person), topic=topic.pk, slot=wall.first.pk, space=space.pk)

    assert second_of_two(act) is None
    assert Placement.objects.count() == 2


def test_two_people_propose(wall):
    second_of_two(lambda: propose_topic(**by(wall, wall.anna), title="Again"))
    assert sorted(Topic.objects.values_list("number", flat=True)) == [1, 2, 3]
