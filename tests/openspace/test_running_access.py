"""The access table, whole: who may do what to run a gathering and to write its reports, and in which state of it.

Every cell is tried through the real command. O open, C closed.
"""

from datetime import date

import pytest
from django.db import transaction

from sessions.openspace.models import Action, Gathering, HelpCall, Slot, Stage, TopicReport, VotingState
from synergy.cohorts.models import Role, Seat
from tests.factories import NOON, make_cohort, make_person, make_seat
from tests.support.wall import may

TABLE = """
                  participant  convener  facilitator  organiser  observer  ended  elsewhere
stage.set         -            -         OC           OC         -         -      -
market.set        -            -         O            O          -         -      -
round.start       -            -         O            O          -         -      -
round.extend      -            -         O            O          -         -      -
round.end         -            -         O            O          -         -      -
gong.ring         -            -         O            O          -         -      -
clock.set         -            -         O            O          -         -      -
news.post         -            -         O            O          -         -      -
news.change       -            -         O            O          -         -      -
call.make         O            O         O            O          -         -      -
call.take         -            -         O            O          -         -      -
call.close        -            -         O            O          -         -      -
circle.start      -            -         O            O          -         -      -
circle.pass       -            -         O            O          -         -      -
circle.end        -            -         O            O          -         -      -
voting.open       -            -         O            O          -         -      -
voting.close      -            -         O            O          -         -      -
vote.cast         O            O         O            O          -         -      -
action.add        O            O         O            O          -         -      -
action.change     -            O         -            -          -         -      -
action.remove     -            O         -            -          -         -      -
word.say          O            O         O            O          -         -      -
topic.mark        -            O         O            O          -         -      -
report.remind     -            -         O            O          -         -      -
report.begin      O            O         O            O          -         -      -
report.change     O            O         O            O          -         -      -
report.confirm    -            O         -            -          -         -      -
report.reopen     -            O         -            -          -         -      -
"""
STAGES = {"O": Stage.CLOSING, "C": Stage.CLOSED}
ROWS = [line.split() for line in TABLE.strip().splitlines()]
COLUMNS = ROWS[0]


@pytest.fixture
def people(wall):
    """Persons by column. The convener convenes the topic and an action; the call is somebody else's."""
    roles = {"facilitator": Role.FACILITATOR, "organiser": Role.ORGANISER, "observer": Role.OBSERVER}
    found = {
        column: wall.seated(column, roles.get(column, Role.PARTICIPANT))
        for column in ("participant", "facilitator", "organiser", "observer", "ended")
    }
    Seat.objects.filter(person=found["ended"]).update(ended_at=NOON)
    found["convener"] = wall.anna
    found["elsewhere"] = make_seat(make_cohort("Other one"), make_person(), role=Role.ORGANISER).person
    return found


@pytest.fixture
def data(wall):
    """What each command is tried with. All of it would be done for somebody who may."""
    running = wall.first
    Slot.objects.filter(pk=running.pk).update(started_at=NOON)
    call = HelpCall.objects.create(gathering=wall.gathering, by=wall.boris, at=NOON)
    action = Action.objects.create(
        gathering=wall.gathering, what="Agree", convener=wall.anna, by=wall.boris, created_at=NOON
    )
    said = wall.gathering.announcements.create(by=wall.fiona, text="Lunch", at=NOON)
    TopicReport.objects.create(topic=wall.topic, summary="Said", changed_at=NOON)
    Gathering.objects.update(
        circle_kind="closing", circle_order=[wall.boris.pk], points_each=5, voting=VotingState.OPEN
    )
    return {
        "stage.set": {"stage": "rounds"},
        "market.set": {"is_open": False},
        "round.start": {"slot": wall.second.pk},
        "round.extend": {"slot": running.pk, "minutes": 5},
        "round.end": {"slot": running.pk},
        "clock.set": {"runs_by_clock": False},
        "news.post": {"text": "Lunch", "language": "en"},
        "news.change": {"news": said.pk, "text": "Lunch at one"},
        "call.make": {"text": "Help"},
        "call.take": {"call": call.pk},
        "call.close": {"call": call.pk},
        "circle.start": {"kind": "closing"},
        "voting.open": {"points_each": 5},
        "vote.cast": {"points": {wall.topic.pk: 2}},
        "action.add": {"what": "Call", "convener": wall.anna.pk, "due": date(2026, 5, 1)},
        "action.change": {"action": action.pk, "what": "Call", "convener": wall.anna.pk},
        "action.remove": {"action": action.pk},
        "word.say": {"word": "courage"},
        "topic.mark": {"topic": wall.topic.pk, "took_place": False},
        "report.remind": {"topic": wall.topic.pk},
        "report.change": {"field": "summary", "value": "Said more", "base": 0},
    }


@pytest.mark.parametrize("letter", list(STAGES))
@pytest.mark.parametrize("who", COLUMNS)
def test_access(wall, people, data, who, letter):
    Gathering.objects.update(stage=STAGES[letter])
    allowed = {}
    for name, *_cells in ROWS[1:]:
        with transaction.atomic():
            allowed[name] = may(wall, people[who], name, data.get(name, {}))
            transaction.set_rollback(True)
    column = 1 + COLUMNS.index(who)
    assert allowed == {row[0]: letter in row[column] for row in ROWS[1:]}


def test_every_command_of_this_part_is_in_the_table():
    from sessions.openspace.commands.reports import REPORT_COMMANDS
    from sessions.openspace.commands.running import RUNNING_COMMANDS

    assert {command.name for command in (*RUNNING_COMMANDS, *REPORT_COMMANDS)} == {row[0] for row in ROWS[1:]}
