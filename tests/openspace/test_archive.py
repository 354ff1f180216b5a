"""A whole gathering goes into a file and comes out of it again, and a wrong file changes nothing."""

import json
from datetime import timedelta
from io import StringIO

import pycrdt
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from rooms.models import Notes, Room
from sessions.openspace.archive import ArchiveError, export_gathering, file_of, import_gathering, read_file
from sessions.openspace.models import (
    Announcement,
    CallState,
    CircleKind,
    Gathering,
    HelpCall,
    ImportedRow,
    Request,
    RequestKind,
    RequestState,
    Stay,
    Topic,
)
from sessions.openspace.proceedings import as_json, book_of
from sessions.openspace.queries import gathering_stream
from synergy.cohorts.models import Role, Seat
from synergy.journal import log
from synergy.people.models import Person
from tests.factories import NOON, make_cohort, make_seat
from tests.factories.proceedings import make_book
from tests.factories.training import make_training_session

pytestmark = pytest.mark.django_db


def make_full():
    """A gathering with something in every table."""
    made = make_book(circle_kind=CircleKind.CLOSING, circle_at=1)
    gathering = made.gathering
    gathering.circle_order = [made.ilze.pk, made.boros.pk]
    gathering.save()
    made.bad_news.co_conveners.set([made.lubica, made.boros])
    made.bad_news.not_with.set([made.rota, made.maps])
    words = pycrdt.Doc()
    words["text"] = pycrdt.Text("Ďakujem, paldies, köszönöm")
    made.bad_news.notes = Notes.objects.create(
        room=made.amber.room,
        title="Notes",
        document=words.get_update(),
        text="Ďakujem, paldies, köszönöm",
        created_at=NOON,
    )
    made.bad_news.save()
    report = made.bad_news.report
    report.editors, report.revisions = {"summary": made.georgi.pk}, {"summary": 3}
    report.confirmed_by, report.confirmed_at = made.ilze, NOON
    report.save()
    Request.objects.create(
        gathering=gathering,
        kind=RequestKind.SWAP,
        by=made.georgi,
        topic=made.decisions,
        other=made.rota,
        from_slot=made.first,
        slot=made.first,
        space=made.linden,
        waiting_for=[made.boros.pk],
        state=RequestState.OPEN,
        created_at=NOON,
    )
    Stay.objects.create(
        gathering=gathering, person=made.ilze, space=made.amber, since=NOON, until=NOON + timedelta(minutes=5)
    )
    Announcement.objects.create(
        gathering=gathering, by=made.facilitator, text="Време е", language="bg", at=NOON
    )
    HelpCall.objects.create(
        gathering=gathering,
        by=made.ilze,
        space=made.amber,
        text="Help",
        state=CallState.TAKEN,
        taken_by=made.facilitator,
        at=NOON,
    )
    ImportedRow.objects.create(gathering=gathering, source="w3c", key="topic 1", topic=made.bad_news)
    return made


def exported(gathering):
    return file_of(export_gathering(Gathering.objects.get(pk=gathering.pk)))


def make_host():
    """A session somewhere else, with its organiser, on the same days."""
    session = make_training_session(make_cohort("Elsewhere"))
    session.organiser = make_seat(session.cohort, role=Role.ORGANISER).person
    return session


def imported(body, session):
    return import_gathering(
        file=read_file(body), training_session=session, person=session.organiser, now=NOON
    )


def emptied():
    """The database without the gathering and its people."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in ("openspace", "rooms", "journal", "training", "cohorts", "people"):
            with connection.constraint_checks_disabled():
                model._base_manager.all()._raw_delete("default")


def test_from_file_to_an_empty_database_and_back_it_is_the_same_file():
    body = exported(make_full().gathering)
    emptied()
    assert Person.objects.count() == 0
    again = imported(body, make_host())
    assert exported(again) == body


def test_among_the_same_people_too():
    made = make_full()
    body = exported(made.gathering)
    people = Person.objects.count()
    session = make_host()
    again = imported(body, session)
    theirs, ours = json.loads(exported(again)), json.loads(body)
    assert theirs == ours
    assert Person.objects.count() == people + 1  # the organiser of the host
    assert Topic.objects.get(gathering=again, number=1).convener == made.ilze


def test_the_book_is_the_same():
    made = make_full()
    from zoneinfo import ZoneInfo

    before = json.loads(as_json(book_of(made.gathering, "en", ZoneInfo("UTC"))))["book"]
    again = imported(exported(made.gathering), make_host())
    after = json.loads(as_json(book_of(again, "en", ZoneInfo("UTC"))))["book"]
    assert [without_ids(each) for each in before["reports"]] == [
        without_ids(each) for each in after["reports"]
    ]
    assert before["numbers"] == after["numbers"]


def without_ids(value):
    if isinstance(value, dict):
        return {key: without_ids(each) for key, each in value.items() if key != "id"}
    return [without_ids(each) for each in value] if isinstance(value, list) else value


def test_every_table_and_field_of_a_gathering_is_in_the_file():
    """Whoever adds a field decides here whether the file needs it."""
    ours = {"id", "gathering", "topic", "training_session"}
    elsewhere = {
        "Gathering": {"circle_kind", "circle_order", "circle_at"},
        "Space": {"room"},
        "Interest": {"person"},
    }
    file = read_file(exported(make_full().gathering))
    records = {
        "Gathering": file.gathering,
        "Space": file.spaces[0],
        "Slot": file.slots[0],
        "Topic": file.topics[0],
        "Placement": file.topics[0].placements[0],
        "Interest": file.topics[3],
        "Request": file.requests[0],
        "Stay": file.stays[0],
        "Announcement": file.announcements[0],
        "HelpCall": file.calls[0],
        "Vote": file.topics[0].votes[0],
        "Action": file.actions[0],
        "ClosingWord": file.words[0],
        "TopicReport": file.topics[0].report,
        "ImportedRow": file.sources[0],
    }
    for model in apps.get_app_config("openspace").get_models():
        if model._meta.auto_created:
            continue
        name = model.__name__
        fields = {field.name for field in model._meta.get_fields() if field.concrete}
        assert fields - ours - elsewhere.get(name, set()) <= set(records[name].__struct_fields__), name


def test_new_people_get_the_seat_that_they_had_and_no_password():
    body = exported(make_full().gathering)
    emptied()
    session = make_host()
    imported(body, session)
    seat = Seat.objects.get(cohort=session.cohort, person__name="Ilze Bērziņa")
    assert (seat.role, seat.institution.name, seat.country) == (Role.PARTICIPANT, "Rīgas dome", "LV")
    assert not seat.person.has_usable_password()


def test_a_seat_that_is_there_stays_as_it_is():
    made = make_full()
    session = make_host()
    make_seat(session.cohort, made.ilze, role=Role.OBSERVER)
    imported(exported(made.gathering), session)
    assert Seat.objects.get(cohort=session.cohort, person=made.ilze).role == Role.OBSERVER


def test_a_room_that_is_no_space_yet_becomes_one():
    made = make_full()
    session = make_host()
    lounge = Room.objects.create(cohort=session.cohort, name="Lounge", title="", kind="lounge")
    again = imported(exported(made.gathering), session)
    assert again.spaces.get(kind="lounge").room == lounge


def test_followers_hear_all_of_it():
    again = imported(exported(make_full().gathering), make_host())
    names = [entry.name for entry in log.since(gathering_stream(again.pk), 0, 50)]
    assert names == [
        "gathering.changed",
        "topic.proposed",
        "gathering.changed",
        "gathering.changed",
        "news.posted",
        "action.set",
        "word.said",
    ]


def changed(body, path, value):
    raw = json.loads(body)
    *steps, last = path
    inner = raw
    for step in steps:
        inner = inner[step]
    inner[last] = value
    return json.dumps(raw).encode()


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (["schema"], "something", "$.schema"),
        (["version"], 2, "$.version"),
        (["topics", 0, "title"], 7, "$.topics[0].title"),
        (["topics", 0, "title"], "x" * 201, "$.topics[0].title"),
        (["topics", 0, "colour"], "green", "unknown field `colour`"),
        (["topics", 2, "convener"], "nobody@office.example", "$.topics[2].convener"),
        (["topics", 0, "placements", 0, "slot"], 9, "$.topics[0].placements[0].slot"),
        (["topics", 0, "merged_into"], 2, "$.topics[0].merged_into"),
        (["topics", 1, "number"], 1, "$.topics[1].number"),
        (["topics", 0, "notes", "document"], "AAECAw==", "$.topics[0].notes.document"),
        (["topics", 0, "notes", "text"], "Other words", "$.topics[0].notes.text"),
        (["topics", 0, "report", "next_steps", 0, "when"], "soon", "next_steps[0].when"),
        (["slots", 0, "ends_at"], "2020-01-01T00:00:00Z", "$.slots[0].ends_at"),
        (["slots", 0, "starts_at"], "2020-01-01T00:00:00", "$.slots[0].starts_at"),
        (["people", 0, "email"], "Not An Address", "$.people[0].email"),
        (["people", 0, "time_zone"], "Mars/Olympus", "$.people[0].time_zone"),
        (["gathering", "stage"], "dancing", "$.gathering.stage"),
        (["gathering", "on"], "2031-01-01", "$.gathering.on"),
        (["stays", 0, "space"], 7, "$.stays[0].space"),
        (["requests", 0, "waiting_for"], ["x@y.example"], "$.requests[0].waiting_for[0]"),
    ],
)
def test_a_wrong_file_says_where_and_changes_nothing(path, value, told):
    body = changed(exported(make_full().gathering), path, value)
    emptied()
    session = make_host()
    with pytest.raises(ArchiveError) as error:
        imported(body, session)
    assert told in str(error.value)
    assert (Gathering.objects.count(), Person.objects.count(), Room.objects.count()) == (0, 1, 0)


def test_what_only_the_database_knows_changes_nothing_either():
    """Two stays without end of one person."""
    body = exported(make_full().gathering)
    stays = json.loads(body)["stays"]
    session = make_host()
    with pytest.raises(ArchiveError, match="the database does not take it"):
        imported(changed(body, ["stays"], [stays[0], stays[0]]), session)
    assert not session.gatherings.exists()


def test_a_day_that_is_taken_is_not_taken_twice():
    body = exported(make_full().gathering)
    session = make_host()
    imported(body, session)
    with pytest.raises(ArchiveError, match="already"):
        imported(body, session)
    assert session.gatherings.count() == 1


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b'{"schema": "synergy.gathering", "version": 1}'])
def test_what_is_no_file_of_a_gathering(body):
    with pytest.raises(ArchiveError):
        read_file(body)


def test_the_commands(tmp_path):
    made = make_full()
    path = tmp_path / "gathering.json"
    call_command("export_gathering", made.gathering.pk, str(path), stdout=StringIO())
    session = make_host()
    out = StringIO()
    call_command("import_gathering", str(path), session=session.pk, stdout=out)
    assert f"/gatherings/{session.gatherings.get().pk}/" in out.getvalue()
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("import_gathering", str(path), session=session.pk, stdout=StringIO())
    with pytest.raises(CommandError, match="no gathering"):
        call_command("export_gathering", 0, str(path))
    with pytest.raises(CommandError, match="no training session"):
        call_command("import_gathering", str(path), session=0)
