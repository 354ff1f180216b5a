"""The access table, whole: who may do what on the wall, with the market open, closed, and after the end.

Every cell is tried through the real command. O market open, C market closed, E the gathering has ended.
The convener convenes the topic that is placed, and is asked; `helper` is its co-convener.
"""

import pytest
from django.db import transaction

from sessions.openspace.actions.requests import make_request
from sessions.openspace.commands import GATHERING_COMMANDS
from sessions.openspace.commands.running import RUNNING_COMMANDS
from sessions.openspace.models import Gathering, Stage, Topic
from sessions.openspace.queries import gathering_for
from synergy.cohorts.models import Role, Seat
from tests.factories import NOON, make_cohort, make_person, make_seat
from tests.factories.openspace import make_placement, make_topic
from tests.support.wall import by, may

TABLE = """
                     participant  convener  helper  facilitator  organiser  observer  ended  elsewhere
read                 OCE          OCE       OCE     OCE          OCE        OCE       -      -
topic.propose        O            O         O       O            O          -         -      -
topic.change         -            OC        OC      -            -          -         -      -
topic.withdraw       -            OC        OC      -            -          -         -      -
topic.leave          -            OC        OC      -            -          -         -      -
topic.adopt          OC           OC        OC      OC           OC         -         -      -
topic.place          -            O         O       -            -          -         -      -
topic.unplace        -            O         O       -            -          -         -      -
interest.mark        OC           OC        OC      OC           OC         -         -      -
interest.unmark      OC           OC        OC      OC           OC         -         -      -
request.make         O            O         O       O            O          -         -      -
request.accept       -            O         O       -            -          -         -      -
request.refuse       -            OC        OC      -            -          -         -      -
request.take_back    OC           -         -       -            -          -         -      -
person.move          OC           OC        OC      OC           OC         OC        -      -
person.invite        -            -         -       OC           OC         -         -      -
gathering.change     -            -         -       OC           OC         -         -      -
space.add            -            -         -       OC           OC         -         -      -
space.change         -            -         -       OC           OC         -         -      -
space.remove         -            -         -       OC           OC         -         -      -
space.order          -            -         -       OC           OC         -         -      -
slot.add             -            -         -       OC           OC         -         -      -
slot.change          -            -         -       OC           OC         -         -      -
slot.remove          -            -         -       OC           OC         -         -      -
slot.shift           -            -         -       OC           OC         -         -      -
"""
STATES = {
    "O": {"stage": Stage.MARKETPLACE, "is_market_open": True},
    "C": {"stage": Stage.ROUNDS, "is_market_open": False},
    "E": {"stage": Stage.CLOSED, "is_market_open": True},
}
ROWS = [line.split() for line in TABLE.strip().splitlines()]
COLUMNS = ROWS[0]
LATER, LATEST = "2026-02-10T20:00:00Z", "2026-02-10T20:45:00Z"


@pytest.fixture
def people(wall):
    """Persons by column; the participant is the one who asked for something."""
    roles = {"facilitator": Role.FACILITATOR, "organiser": Role.ORGANISER, "observer": Role.OBSERVER}
    found = {
        column: wall.seated(column, roles.get(column, Role.PARTICIPANT))
        for column in ("participant", "helper", "facilitator", "organiser", "observer", "ended")
    }
    Seat.objects.filter(person=found["ended"]).update(ended_at=NOON)
    found["convener"] = wall.anna
    found["elsewhere"] = make_seat(make_cohort("Other one"), make_person(), role=Role.ORGANISER).person
    wall.topic.co_conveners.add(found["helper"])
    return found


@pytest.fixture
def data(wall, people):
    """(command, fields) by row. All of it would be done for somebody who may."""
    make_placement(wall.topic, wall.first, wall.amber)
    other, orphan = make_topic(wall.gathering, wall.boris), make_topic(wall.gathering)
    Topic.objects.filter(pk=orphan.pk).update(convener=None)
    go_on = {"kind": "continue", "topic": wall.topic.pk, "slot": wall.second.pk}
    asked = make_request(**by(wall, people["participant"]), **go_on, space=wall.birch.pk)
    own = {"topic": wall.topic.pk}
    answer = {"request": asked.pk}
    space = {"space": wall.birch.pk}
    slot = {"slot": wall.second.pk}
    times = {"starts_at": LATER, "ends_at": LATEST, "kind": "round", "title": ""}
    place = {**slot, **space, "from_slot": wall.first.pk, "beside": []}
    return {
        "topic.propose": ("topic.propose", {"title": "One question"}),
        "topic.change": ("topic.change", {**own, "title": "Better"}),
        "topic.withdraw": ("topic.withdraw", own),
        "topic.leave": ("topic.leave", own),
        "topic.adopt": ("topic.adopt", {"topic": orphan.pk}),
        "topic.place": ("topic.place", {**own, **place}),
        "topic.unplace": ("topic.unplace", {**own, "slot": wall.first.pk}),
        "interest.mark": ("interest.mark", {"topic": other.pk}),
        "interest.unmark": ("interest.unmark", {"topic": other.pk}),
        "request.make": ("request.make", {"kind": "merge", **own, "other": other.pk}),
        "request.accept": ("request.answer", {**answer, "accept": True}),
        "request.refuse": ("request.answer", {**answer, "accept": False}),
        "request.take_back": ("request.take_back", answer),
        "person.move": ("person.move", space),
        "person.invite": ("person.invite", {**space, "person": wall.carla.pk}),
        "gathering.change": ("gathering.change", {"sponsor": "The minister"}),
        "space.add": ("space.add", {"name": "Cedar"}),
        "space.change": (
            "space.change",
            {**space, "name": "Cedar", "kind": "topic", "capacity": 8, "is_hard": True},
        ),
        "space.remove": ("space.remove", space),
        "space.order": ("space.order", {"order": [wall.birch.pk, wall.amber.pk]}),
        "slot.add": ("slot.add", times),
        "slot.change": ("slot.change", {**slot, **times}),
        "slot.remove": ("slot.remove", slot),
        "slot.shift": ("slot.shift", {**slot, "minutes": 5}),
    }


@pytest.mark.parametrize("letter", list(STATES))
@pytest.mark.parametrize("who", COLUMNS)
def test_access(wall, people, data, who, letter):
    Gathering.objects.filter(pk=wall.gathering.pk).update(**STATES[letter])
    allowed = {"read": gathering_for(people[who], wall.gathering.pk) is not None}
    for row, (name, fields) in data.items():
        with transaction.atomic():
            allowed[row] = may(wall, people[who], name, fields)
            transaction.set_rollback(True)
    column = 1 + COLUMNS.index(who)
    assert allowed == {row[0]: letter in row[column] for row in ROWS[1:]}


def test_every_command_is_tried(data):
    elsewhere = {command.name for command in RUNNING_COMMANDS}
    assert {name for name, _fields in data.values()} == {
        command.name for command in GATHERING_COMMANDS if command.name not in elsewhere
    }
