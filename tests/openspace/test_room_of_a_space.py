"""The page of a room that is a space of a gathering, as the server draws it."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from rooms.actions import open_poll, post_message, raise_hand, set_room_state
from rooms.models import Poll, Room
from rooms.queries import cohort_stream, hands_in, room_for, room_stream
from sessions.openspace.actions.placing import put
from sessions.openspace.actions.rounds import end_round
from sessions.openspace.actions.stages import set_stage
from sessions.openspace.models import Slot, Stage
from tests.factories import NOON, make_room, make_seat
from tests.factories.openspace import make_space, make_topic, make_wall
from tests.support.told import names
from tests.support.wall import refusal


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
    with django_assert_num_queries(38):
        client.get(address)


def test_hands_go_down_with_the_round(wall):
    kitchen = make_room(wall.cohort, "Kitchen")
    for room in (wall.amber.room, wall.birch.room, kitchen):
        raise_hand(person=wall.boris, room=room_for(wall.boris, room.pk), now=NOON)
    end_round(person=wall.fiona, gathering=wall.into(wall.fiona), slot=wall.first.pk, now=NOON)
    assert hands_in(wall.amber.room) == hands_in(wall.birch.room) == []
    assert hands_in(kitchen) == [wall.boris.pk]


def ask(person, room):
    return open_poll(
        person=person, room=room_for(person, room.pk), question="Go on?", options=["Yes", "No"], now=NOON
    )


def test_polls_close_with_the_round(wall):
    kitchen = make_room(wall.cohort, "Kitchen")
    here, there = ask(wall.boris, wall.amber.room), ask(wall.boris, kitchen)
    end_round(person=wall.fiona, gathering=wall.into(wall.fiona), slot=wall.first.pk, now=NOON)
    assert Poll.objects.get(pk=here.pk).closed_at == NOON
    assert names(room_stream(wall.amber.room_id)) == ["poll.opened", "poll.closed"]
    assert Poll.objects.get(pk=there.pk).closed_at is None


def go_to(wall, stage):
    set_stage(person=wall.fiona, gathering=wall.into(wall.fiona), stage=stage, now=NOON)


def states(*spaces):
    return [Room.objects.get(space=space).state for space in spaces]


def test_rooms_close_and_open_with_the_gathering(wall):
    quiet = make_space(wall.gathering, "Quiet", "quiet_room")
    shut = make_space(wall.gathering, "Shut")
    set_room_state(person=wall.fiona, room=room_for(wall.fiona, shut.room_id), state="read_only", now=NOON)
    raise_hand(person=wall.boris, room=room_for(wall.boris, quiet.room_id), now=NOON)
    poll = ask(wall.boris, wall.birch.room)
    go_to(wall, Stage.CLOSED)
    spaces = (wall.amber, wall.birch, quiet, shut, wall.lounge)
    assert states(*spaces) == ["read_only"] * 4 + ["open"]
    assert hands_in(quiet.room) == []
    assert Poll.objects.get(pk=poll.pk).closed_at == NOON
    assert names(room_stream(wall.birch.room_id)) == ["poll.opened", "poll.closed", "room.state_set"]
    say = {"person": wall.boris, "text": "Still here", "now": NOON}
    assert refusal(post_message, **say, room=room_for(wall.boris, wall.birch.room_id)).code == "forbidden"
    go_to(wall, Stage.CLOSING)
    assert states(*spaces) == ["open"] * 3 + ["read_only", "open"]
    post_message(**say, room=room_for(wall.boris, wall.birch.room_id))
    assert names(cohort_stream(wall.cohort.pk)).count("room.listed") == 7


def test_a_room_that_was_archived_since_stays_archived(wall):
    go_to(wall, Stage.CLOSED)
    set_room_state(
        person=wall.fiona, room=room_for(wall.fiona, wall.birch.room_id), state="archived", now=NOON
    )
    go_to(wall, Stage.CLOSING)
    assert states(wall.amber, wall.birch) == ["open", "archived"]
