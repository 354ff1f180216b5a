"""The facilitators' desk without scripts, and what it knows of the rooms."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rooms.actions import post_message, raise_hand
from rooms.queries import room_for
from sessions.openspace.models import Gathering, Slot, Stage, Stay
from sessions.openspace.queries.desk import desk_of
from tests.factories import openspace as make
from tests.factories.cohorts import NOON

WHO = {"olga": 200, "fiona": 200, "anna": 404, "otto": 404, "outsider": 404}


def say(person, space, at, text="A word"):
    post_message(person=person, room=room_for(person, space.room_id), text=text, now=at, lang="en")


@pytest.mark.parametrize(("who", "status"), WHO.items())
def test_who_may_see_it(wall, client, who, status):
    client.force_login(getattr(wall, who))
    pk = [wall.gathering.pk]
    assert client.get(reverse("openspace:desk", args=pk)).status_code == status
    assert client.get(reverse("openspace:desk_talk", args=pk)).status_code == status
    done = client.post(
        reverse("openspace:desk_do", args=pk), {"name": "market.set", "data": '{"is_open": false}'}
    )
    assert done.status_code == (302 if status == 200 else 404)
    assert Gathering.objects.get().is_market_open == (status == 404)


def test_a_round_is_run_by_forms_alone(wall, client):
    client.force_login(wall.fiona)
    address = reverse("openspace:desk", args=[wall.gathering.pk])
    do = reverse("openspace:desk_do", args=[wall.gathering.pk])
    Slot.objects.filter(pk=wall.second.pk).delete()
    assert "Start Round 1" in client.get(address).content.decode()
    client.post(do, {"name": "round.start", "data": f'{{"slot": {wall.first.pk}}}'})
    assert Gathering.objects.get().stage == Stage.ROUNDS
    page = client.get(address).content.decode()
    assert "Round 1 is running" in page
    assert "End the round" in page
    client.post(do, {"name": "round.end", "data": f'{{"slot": {wall.first.pk}}}'})
    assert Slot.objects.get(pk=wall.first.pk).ended_at is not None


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("nothing.such", "{}", "does not know"),
        ("round.start", "{", ""),
        ("round.end", '{"slot": 0}', ""),
        ("stage.set", '{"stage": "tea"}', ""),
    ],
)
def test_what_cannot_be_done_is_said(wall, client, name, data, words):
    client.force_login(wall.fiona)
    do = reverse("openspace:desk_do", args=[wall.gathering.pk])
    page = client.post(do, {"name": name, "data": data}, follow=True)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert "note alarm" in page.content.decode()
    assert Gathering.objects.get().stage == Stage.MARKETPLACE


def test_the_talk_of_the_last_minutes(wall):
    for minutes in (1, 1, 3, 15):
        say(wall.anna, wall.amber, NOON - timedelta(minutes=minutes))
    say(wall.boris, wall.birch, NOON - timedelta(minutes=12))
    for person in (wall.carla, wall.anna):
        raise_hand(person=person, room=room_for(person, wall.birch.room_id), now=NOON)
    desk = desk_of(wall.gathering, NOON)
    minute = int(NOON.timestamp() // 60)
    amber, birch = desk.rooms[str(wall.amber.room_id)], desk.rooms[str(wall.birch.room_id)]
    assert amber.minutes == {str(minute - 3): 1, str(minute - 1): 2}
    assert amber.last == NOON - timedelta(minutes=1)
    assert (birch.minutes, birch.last) == ({}, None)
    assert (amber.hands, birch.hands) == ([], [wall.carla.pk, wall.anna.pk])


def test_where_people_have_been(wall):
    def stay(person, space, since):
        Stay.objects.create(gathering=wall.gathering, person=person, space=space, since=since, until=since)

    for space in (wall.amber, wall.birch, wall.amber):
        stay(wall.anna, space, NOON)
    stay(wall.boris, wall.lounge, NOON)
    assert desk_of(wall.gathering, NOON).been == {
        str(wall.anna.pk): [wall.amber.pk, wall.birch.pk],
        str(wall.boris.pk): [wall.lounge.pk],
    }


def test_more_rooms_and_messages_cost_no_more_queries(wall, client):
    client.force_login(wall.fiona)
    address = reverse("openspace:desk", args=[wall.gathering.pk])

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    say(wall.anna, wall.amber, NOON)
    queries()
    few = queries()
    for _ in range(3):
        say(wall.anna, make.make_space(wall.gathering), NOON)
    assert queries() == few
