"""The notes of a topic: their name, and what of them goes into the report."""

import pytest

from rooms.notes.actions import open_notes, update_notes
from rooms.notes.queries import notes_for, notes_stream
from sessions.openspace.actions import reports
from sessions.openspace.actions.topics import change_topic
from sessions.openspace.models import Slot
from sessions.openspace.queries import report_state_of, topic_for
from tests.factories import NOON
from tests.factories.openspace import FIRST_ROUND, make_placement
from tests.support.notes import Writer
from tests.support.told import told
from tests.support.wall import by


@pytest.fixture
def notes(wall):
    make_placement(wall.topic, wall.first, wall.amber)
    Slot.objects.filter(pk=wall.first.pk).update(started_at=FIRST_ROUND)
    wall.topic.notes = open_notes(room=wall.amber.room, title=wall.topic.title, now=NOON)
    wall.topic.save()
    return wall.topic.notes


def test_a_report_begins_with_what_was_written_a_moment_ago(wall, notes):
    writer = Writer()
    writer.insert(0, "Fewer forms")
    (update,) = writer.take()
    update_notes(person=wall.boris, notes=notes_for(wall.boris, notes.pk), update=update, now=NOON)
    reports.begin_report(person=wall.carla, topic=topic_for(wall.carla, wall.topic.pk), now=FIRST_ROUND)
    assert report_state_of(wall.carla, topic_for(wall.carla, wall.topic.pk)).summary == "Fewer forms"


def test_another_title_is_the_name_of_the_notes_too(wall, notes):
    change_topic(**by(wall, wall.anna, topic=wall.topic.pk), why="It takes all day.")
    assert told(notes_stream(notes.pk)) == []
    change_topic(**by(wall, wall.anna, topic=wall.topic.pk), title="What should we begin?")
    (event,) = told(notes_stream(notes.pk))
    assert event["data"] == {"title": "What should we begin?"}
    assert notes_for(wall.boris, notes.pk).title == "What should we begin?"
