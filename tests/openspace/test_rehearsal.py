"""What a bot knows of the wall: the fresh state moved on by events, and what it reads off it."""

import json

import msgspec
import pytest
from django.core.management import CommandError, call_command

from sessions.openspace.actions.circles import start_circle
from sessions.openspace.actions.moving import invite_person, move_person
from sessions.openspace.actions.placing import place_topic
from sessions.openspace.actions.rounds import start_round
from sessions.openspace.actions.topics import mark_interest, propose_topic, unmark_interest
from sessions.openspace.models import Gathering, Stage
from sessions.openspace.queries import gathering_state_of
from sessions.openspace.rehearsal.wall import Wall
from tests.support.wall import by, events


def seen_by(wall, person):
    """The wall as somebody sees it who comes now."""
    state = gathering_state_of(person, wall.into(person))
    return Wall(json.loads(msgspec.json.encode(state)))


@pytest.fixture
def bot(wall):
    """Boris, who came before anything happened; `hear` tells him what happened since."""
    before = seen_by(wall, wall.boris)

    def hear():
        for event in events(wall):
            before.hear(event["name"], event["data"])
        return before

    return hear


def test_events_lead_to_what_somebody_sees_who_comes_now(wall, bot):
    place_topic(**by(wall, wall.anna, topic=wall.topic.pk, slot=wall.first.pk, space=wall.amber.pk))
    propose_topic(**by(wall, wall.boris, title="What do we keep?"))
    mark_interest(**by(wall, wall.boris, topic=wall.topic.pk))
    mark_interest(**by(wall, wall.carla, topic=wall.topic.pk))
    unmark_interest(**by(wall, wall.boris, topic=wall.topic.pk))
    move_person(**by(wall, wall.boris, space=wall.amber.pk))
    move_person(**by(wall, wall.carla, space=wall.lounge.pk))
    move_person(**by(wall, wall.carla, space=None))
    start_round(**by(wall, wall.fiona, slot=wall.first.pk))
    heard, now = bot(), seen_by(wall, wall.boris)
    assert (heard.gathering, heard.where) == (now.gathering, now.where)
    assert (heard.topics, heard.rounds) == (now.topics, now.rounds)
    assert [topic["interested"] for topic in heard.topics] == [[wall.carla.pk], []]
    assert heard.running["id"] == wall.first.pk
    assert heard.where == {wall.boris.pk: wall.amber.pk}


def test_free_cells_are_of_rounds_to_come_and_hold_nothing(wall, bot):
    first, second = wall.first.pk, wall.second.pk
    amber, birch = wall.amber.pk, wall.birch.pk
    assert bot().free_cells() == [(first, amber), (first, birch), (second, amber), (second, birch)]
    place_topic(**by(wall, wall.anna, topic=wall.topic.pk, slot=second, space=amber))
    start_round(**by(wall, wall.fiona, slot=first))
    assert bot().free_cells() == [(second, birch)]


def test_a_door_held_open_is_for_one(wall, bot):
    invite_person(**by(wall, wall.fiona, guest=wall.anna.pk, space=wall.amber.pk))
    assert bot().invited_to is None
    invite_person(**by(wall, wall.fiona, guest=wall.boris.pk, space=wall.birch.pk))
    assert bot().invited_to == wall.birch.pk


def test_who_holds_the_talking_piece(wall, bot):
    assert bot().speaker() is None
    start_circle(**by(wall, wall.fiona, kind="opening", people=[wall.boris.pk]))
    assert bot().speaker() == wall.boris.pk


@pytest.mark.parametrize("number", ["999999", "closed"])
def test_what_cannot_be_rehearsed_is_said(wall, number):
    Gathering.objects.update(stage=Stage.CLOSED)
    with pytest.raises(CommandError, match=r"no gathering|closed"):
        call_command("rehearse_gathering", number if number.isdigit() else str(wall.gathering.pk))
