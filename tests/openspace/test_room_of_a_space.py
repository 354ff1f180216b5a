"""The page of a room that is a space of a gathering, as the server draws it."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from rooms.actions import raise_hand
from rooms.models import Room
from rooms.queries import hands_in, room_for
from sessions.openspace.actions.placing import put
from sessions.openspace.actions.rounds import end_round
from sessions.openspace.models import Slot
from tests.factories import NOON, make_room, make_seat
from tests.factories.openspace import make_topic, make_wall


@pytest.fixture
def wall(db):
    wall = make_wall()
    put(wall.topic, wall.first, wall.amber, NOON)
    Slot.objects.filter(pk=wall.first.pk).update(started_at=NOON)
    Room.objects.update(title="A title of the room itself")
    return wall


def shown(client, person, room):
    client.force_login(person)
    return client.get(reverse("rooms:room", args=[room]))


def test_what_is_on_and_the_way_back(client, wall):
    page = shown(client, wall.boris, wall.amber.room_id).content.decode()
    assert re.search(r"<h1[^>]*><bdi>What should we stop doing\?", page)
    assert "Amber</bdi> · Round 1" in page
    assert f'href="/gatherings/{wall.gathering.pk}/"' in page
    assert reverse("openspace:topic", args=[wall.gathering.pk, wall.topic.number]) in page
    assert f'data-companion="gathering:{wall.gathering.pk}"' in page
    state = re.search(r'id="companion-state">(.*?)</script>', page, re.DOTALL)[1]
    assert json.loads(state)["me"] == wall.boris.pk


def test_nothing_on_here_now(client, wall):
    page = shown(client, wall.boris, wall.birch.room_id).content.decode()
    assert "Birch</bdi> · Round 1" in page
    assert "What should we stop doing?</bdi></h1>" not in page
    assert "A title of the room itself</bdi></h1>" in page
    assert "Convened by" not in page


def test_a_room_that_is_no_space_knows_nothing_of_it(client, wall):
    room = make_room(wall.cohort, "Kitchen")
    page = shown(client, wall.boris, room.pk).content.decode()
    assert "data-companion" not in page
    assert reverse("rooms:list") in page


def test_only_who_may(client, wall):
    assert shown(client, wall.outsider, wall.amber.room_id).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_more_topics_cost_no_more_queries(client, wall, django_assert_num_queries, count):
    for number in range(count):
        topic = make_topic(wall.gathering, make_seat(wall.cohort).person, f"More {number}")
        put(topic, wall.second, wall.birch, NOON + timedelta(minutes=1))
    client.force_login(wall.boris)
    address = reverse("rooms:room", args=[wall.amber.room_id])
    client.get(address)
    with django_assert_num_queries(34):
        client.get(address)


def test_hands_go_down_with_the_round(wall):
    kitchen = make_room(wall.cohort, "Kitchen")
    for room in (wall.amber.room, wall.birch.room, kitchen):
        raise_hand(person=wall.boris, room=room_for(wall.boris, room.pk), now=NOON)
    end_round(person=wall.fiona, gathering=wall.into(wall.fiona), slot=wall.first.pk, now=NOON)
    assert hands_in(wall.amber.room) == hands_in(wall.birch.room) == []
    assert hands_in(kitchen) == [wall.boris.pk]
