"""The database refuses what must not be, whoever asks."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from sessions.openspace.models import (
    ClosingWord,
    Gathering,
    HelpCall,
    ImportedRow,
    Interest,
    Placement,
    Request,
    Slot,
    Space,
    Stay,
    Topic,
    TopicReport,
    Vote,
)
from tests.factories import NOON
from tests.factories.openspace import make_gathering, make_slot, make_topic


def twice(model, **fields):
    model.objects.bulk_create([model(**fields) for _ in range(2)])


def request(wall, **fields):
    common = {"gathering": wall.gathering, "topic": wall.topic, "by": wall.anna, "created_at": NOON}
    Request.objects.create(**{**common, "kind": "merge", **fields})


def stays(wall, until):
    for space in (wall.amber, wall.birch):
        Stay.objects.create(gathering=wall.gathering, person=wall.anna, space=space, since=NOON, until=until)


def running(wall, *slots):
    Slot.objects.filter(pk__in=[slot.pk for slot in slots]).update(started_at=NOON)


BROKEN = {
    "gathering_session_on": lambda wall: make_gathering(wall.gathering.training_session),
    "gathering_stage_known": lambda wall: Gathering.objects.update(stage="storming"),
    "gathering_voting_known": lambda wall: Gathering.objects.update(voting="secret"),
    "gathering_circle_known": lambda wall: Gathering.objects.update(circle_kind="square"),
    "space_kind_known": lambda wall: Space.objects.update(kind="kitchen"),
    "space_hard_has_capacity": lambda wall: Space.objects.update(is_hard=True, capacity=None),
    "slot_ends_after_start": lambda wall: make_slot(wall.gathering, minutes=0),
    "slot_kind_known": lambda wall: Slot.objects.update(kind="party"),
    "slot_ended_has_started": lambda wall: Slot.objects.update(ended_at=NOON),
    "slot_one_runs_at_a_time": lambda wall: running(wall, wall.first, wall.second),
    "topic_gathering_number": lambda wall: make_topic(wall.gathering, number=1),
    "topic_state_known": lambda wall: Topic.objects.update(state="lost"),
    "topic_language_known": lambda wall: Topic.objects.update(language="xx"),
    "topic_merged_into_one": lambda wall: Topic.objects.update(state="merged"),
    "placement_topic_slot": lambda wall: twice(
        Placement, topic=wall.topic, slot=wall.first, space=wall.amber
    ),
    "interest_topic_person": lambda wall: twice(Interest, topic=wall.topic, person=wall.anna),
    "request_kind_known": lambda wall: request(wall, kind="cancel"),
    "request_state_known": lambda wall: request(wall, state="lost"),
    "stay_in_one_space": lambda wall: stays(wall, until=None),
    "help_call_state_known": lambda wall: HelpCall.objects.create(
        gathering=wall.gathering, by=wall.anna, at=NOON, state="lost"
    ),
    "vote_topic_person": lambda wall: twice(Vote, topic=wall.topic, person=wall.anna, points=1),
    "vote_has_points": lambda wall: Vote.objects.create(topic=wall.topic, person=wall.anna, points=0),
    "closing_word_once": lambda wall: twice(
        ClosingWord, gathering=wall.gathering, person=wall.anna, word="courage", at=NOON
    ),
    "imported_row_once": lambda wall: twice(
        ImportedRow, gathering=wall.gathering, source="board.json", key="topic 24"
    ),
    "report_state_known": lambda wall: TopicReport.objects.create(
        topic=wall.topic, state="lost", changed_at=NOON
    ),
}
ALLOWED = [
    lambda wall: make_gathering(wall.gathering.training_session, on=wall.gathering.on - timedelta(days=1)),
    lambda wall: Space.objects.update(is_hard=True, capacity=8),
    lambda wall: running(wall, wall.first),
    lambda wall: make_slot(wall.gathering, started_at=NOON, ended_at=NOON),
    lambda wall: make_slot(make_gathering(), started_at=NOON) and running(wall, wall.first),
    lambda wall: make_topic(wall.gathering, state="merged", merged_into=wall.topic),
    lambda wall: make_topic(make_gathering(), number=1),
    lambda wall: request(wall, kind="swap", state="refused"),
    lambda wall: stays(wall, until=NOON),
    lambda wall: Vote.objects.create(topic=wall.topic, person=wall.anna, points=1),
    lambda wall: TopicReport.objects.create(topic=wall.topic, state="confirmed", changed_at=NOON),
]


@pytest.mark.parametrize("name", BROKEN)
def test_refused(wall, name):
    with pytest.raises(IntegrityError), transaction.atomic():
        BROKEN[name](wall)


@pytest.mark.parametrize("write", ALLOWED)
def test_allowed(wall, write):
    write(wall)


def test_every_constraint_is_tried():
    models = apps.get_app_config("openspace").get_models()
    assert {constraint.name for model in models for constraint in model._meta.constraints} == set(BROKEN)
