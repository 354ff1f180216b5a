"""Boards of real gatherings come onto a wall as they were published, and what could not is told row by row."""

import json
from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from msgspec import structs

from rooms.models import Room
from sessions.openspace.boards import BoardError, read_boards
from sessions.openspace.boards.carpentrycon import File, exact_titles
from sessions.openspace.checks import board_of, warnings_of
from sessions.openspace.models import Gathering, ImportedRow, Placement, Slot, Space, Topic
from sessions.openspace.queries import gathering_for, gathering_state_of, gathering_stream
from synergy.cohorts.models import Role
from synergy.journal import log
from synergy.journal.models import Event
from synergy.people.models import Person
from tests.factories import make_person, make_seat
from tests.factories.training import make_training_session

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent.parent / "data"
W3C = DATA / "os_w3c_breakouts2024_board.json"
MOZFEST = DATA / "os_mozfest2016_sessions.json"
CARPENTRYCON = DATA / "os_carpentrycon2022_sessions_attendance.json"
OF_MOZFEST = {
    "Open science": 68,
    "Youth zone": 60,
    "MozEx": 46,
    "Open badges": 40,
    "Demystify the web": 39,
    "Dilemmas in connected spaces": 39,
    "Digital arts and culture": 38,
    "Localisation": 33,
    "Fuel the movement": 27,
    "Journalism": 25,
}


def make_session(**fields):
    session = make_training_session(**fields)
    session.organiser = make_seat(session.cohort, role=Role.ORGANISER).person
    return session


def imported(path, session, **options):
    out = StringIO()
    call_command("import_board", str(path), session=session.pk, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def seat_the_authors(session):
    """Everybody of the W3C board has a seat, under the name that they have there."""
    body = json.loads(W3C.read_text())
    chairs = {"captainbrosset", "atopal", "ktk", "darobin", "meyerweb", "marcoscaceres", "jyasskin"}
    for name in sorted({row["author"] for row in body["sessions"]} | chairs):
        make_seat(session.cohort, make_person(name))


def warnings_on(gathering, person):
    state = gathering_state_of(person, gathering_for(person, gathering.pk))
    return warnings_of(board_of(state.spaces, state.slots, state.topics))


def test_w3c_topics_stand_where_they_stood():
    session = make_session()
    told = imported(W3C, session)
    gathering = Gathering.objects.get()
    assert (gathering.on, gathering.theme) == (date(2026, 2, 8), {"en": "W3C Breakouts Day 2024"})
    assert (Topic.objects.count(), Space.objects.count(), Slot.objects.count()) == (19, 7, 4)
    assert Placement.objects.count() == 19
    assert Topic.not_with.through.objects.count() == 21
    row = ImportedRow.objects.get(key="topic 24")
    place = row.topic.placements.get()
    assert row.topic.title == "Incubation: the on ramp to new work"
    assert (place.space.room.name, f"{place.slot.starts_at:%F %H:%M}") == ("Kora", "2026-02-08 22:00")
    assert "moved from 2024-03-12 to 2026-02-08" in told


def test_w3c_as_published_breaks_no_wish_and_moving_one_topic_does():
    session = make_session()
    seat_the_authors(session)
    imported(W3C, session)
    gathering = Gathering.objects.get()
    assert warnings_on(gathering, session.organiser) == []
    incubation = ImportedRow.objects.get(key="topic 24").topic
    funding = ImportedRow.objects.get(key="topic 20").topic.placements.get()
    incubation.placements.update(slot=funding.slot, space=funding.space)
    kinds = Counter(warning.kind for warning in warnings_on(gathering, session.organiser))
    assert kinds["not_with"] >= 1
    assert kinds["space_twice"] == 2  # both topics say so


def test_each_of_the_21_wishes_is_checked_again_when_its_topic_moves():
    session = make_session()
    imported(W3C, session)
    gathering = Gathering.objects.get()
    state = gathering_state_of(session.organiser, gathering_for(session.organiser, gathering.pk))
    topics = {topic.id: topic for topic in state.topics}
    wishes = [(topic, topics[other]) for topic in state.topics for other in topic.not_with]
    assert len(wishes) == 21
    for topic, other in wishes:
        place = structs.replace(topic.places[0], slot=other.places[0].slot)
        moved = {**topics, topic.id: structs.replace(topic, places=[place])}
        board = board_of(state.spaces, state.slots, moved.values())
        told = [each for each in warnings_of(board) if each.kind == "not_with" and each.topic == topic.id]
        assert other.id in {pk for warning in told for pk in warning.others}


def test_w3c_people_with_a_seat_convene_and_nobody_gets_an_account():
    session = make_session()
    make_seat(session.cohort, make_person("tidoust"))
    make_seat(session.cohort, make_person("Anna Nowak", email="anna@office.example"))
    before = Person.objects.count()
    told = imported(W3C, session)
    assert Person.objects.count() == before
    known, unknown = (ImportedRow.objects.get(key=f"topic {number}").topic for number in (22, 24))
    assert known.convener.name == "tidoust"
    assert unknown.convener is None
    assert unknown.why.endswith(" — cwilso")
    assert "changed  topic 24: cwilso has no seat here: nobody convenes it, it can be adopted" in told


def test_names_can_be_given_addresses(tmp_path):
    session = make_session()
    anna = make_seat(session.cohort, make_person("Anna Nowak", email="anna@office.example")).person
    people = tmp_path / "people.json"
    people.write_text(json.dumps({"cwilso": "Anna@office.example"}))
    imported(W3C, session, people=people)
    assert ImportedRow.objects.get(key="topic 24").topic.convener == anna


def test_two_people_with_one_name_are_nobody():
    session = make_session()
    make_seat(session.cohort, make_person("tidoust"))
    make_seat(session.cohort, make_person("Tidoust"))
    imported(W3C, session)
    assert ImportedRow.objects.get(key="topic 22").topic.convener is None


def test_mozfest_proposals_wait_in_the_spaces_that_they_were_meant_for():
    session = make_session()
    told = imported(MOZFEST, session)
    rows = ImportedRow.objects.filter(topic__isnull=False).select_related("space__room")
    assert Counter(row.space.room.name for row in rows) == OF_MOZFEST
    assert (Topic.objects.count(), Placement.objects.count(), Slot.objects.count()) == (415, 0, 0)
    assert sum(not topic.title.isascii() for topic in Topic.objects.all()) == 9
    assert told.count("kept letters beyond ASCII") == 9
    assert told.count("nobody is named as its convener") == 1
    assert "description cut from 1,374 to" in told
    assert max(len(topic.why) for topic in Topic.objects.all()) == 500


def test_carpentrycon_becomes_a_gathering_for_each_day():
    session = make_session(starts_on=date(2026, 7, 1), days=14)
    told = imported(CARPENTRYCON, session)
    days = list(Gathering.objects.order_by("on").values_list("on", flat=True))
    assert (days[0], days[-1], len(days)) == (date(2026, 7, 1), date(2026, 7, 13), 12)  # nothing on one day
    assert Placement.objects.count() == 72 - told.count("overlaps")
    assert "on 31 July in Pacific time, on 1 August in UTC" in told
    assert "Pacific time is not" not in told
    assert "70 rows with 1,627 people are left out" in told
    assert "attendance Git Good: taken for “Git Good: Using GitHub" in told


def test_carpentrycon_titles_of_the_attendance_list():
    import msgspec

    assert exact_titles(msgspec.json.decode(CARPENTRYCON.read_bytes(), type=File)) == (25, 39)


def test_days_outside_the_session_are_refused_row_by_row():
    told = imported(CARPENTRYCON, make_session(days=3))
    assert Gathering.objects.count() == 3
    assert "refused  topic " in told
    assert "is not in the session" in told


@pytest.mark.parametrize("path", [W3C, MOZFEST, CARPENTRYCON])
def test_importing_twice_changes_nothing(path):
    session = make_session(days=14)
    imported(path, session)
    before = contents()
    told = imported(path, session)
    assert contents() == before
    assert "0 topics and 0 placements added" in told


def contents():
    models = [Gathering, Space, Slot, Topic, Placement, ImportedRow, Room, Event]
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_what_people_changed_since_stays(tmp_path):
    session = make_session()
    imported(W3C, session)
    topic = ImportedRow.objects.get(key="topic 24").topic
    Topic.objects.filter(pk=topic.pk).update(title="Our own words")
    body = json.loads(W3C.read_text())
    body["sessions"].append({"number": 99, "title": "One more", "author": "x", "room": None, "slot": None})
    longer = tmp_path / "board.json"
    longer.write_text(json.dumps(body))
    told = imported(longer, session)
    topic.refresh_from_db()
    assert topic.title == "Our own words"
    assert Topic.objects.latest("number").number == 20
    assert "noted    topic 99: it had no place, so it waits" in told
    assert "topic 24" not in told


def test_a_dry_run_tells_and_changes_nothing():
    session = make_session()
    told = imported(W3C, session, dry_run=True)
    assert "19 topics and 19 placements added" in told
    assert not Gathering.objects.exists()
    assert not Room.objects.exists()


def test_followers_hear_in_frames_of_a_hundred_cards():
    session = make_session()
    imported(MOZFEST, session)
    entries = log.since(gathering_stream(Gathering.objects.get().pk), 0, 100)
    assert len(entries) == 2 + 5  # the gathering, its spaces, 415 topics
    bodies = Event.objects.filter(stream__kind="gathering", name="topic.proposed").order_by("seq")
    assert [len(json.loads(event.body)["topics"]) for event in bodies] == [100, 100, 100, 100, 15]


def test_a_wall_of_415_topics_comes_in_few_queries(django_assert_max_num_queries):
    session = make_session()
    with django_assert_max_num_queries(240):
        imported(MOZFEST, session)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ("nonsense", "this is not JSON"),
        ("{}", "no board of a format that we know"),
        ('[{"session id": "x", "name": "a", "space": "b"}]', "$[0]"),
    ],
)
def test_a_bad_file_says_where_and_changes_nothing(tmp_path, body, where):
    path = tmp_path / "board.json"
    path.write_text(body)
    with pytest.raises(CommandError, match="Nothing was changed"):
        imported(path, make_session())
    with pytest.raises(BoardError) as error:
        read_boards(body.encode())
    assert where in str(error.value)
    assert not Gathering.objects.exists()


def test_a_bad_slot_says_which(tmp_path):
    body = json.loads(W3C.read_text())
    body["slots"][2] = "in the afternoon"
    with pytest.raises(BoardError, match=r"\$\.slots\[2\]"):
        read_boards(json.dumps(body).encode())


def test_rows_that_contradict_each_other_are_refused(tmp_path):
    body = json.loads(W3C.read_text())
    body["sessions"][0]["title"] = "  "
    body["sessions"][1]["room"] = "Nowhere"
    body["sessions"][2]["number"] = body["sessions"][3]["number"]
    (board,) = read_boards(json.dumps(body).encode())
    told = [str(remark) for remark in board.remarks]
    assert "refused  topic 24: it has no title" in told
    assert "changed  topic 22: not placed: no room Nowhere" in told
    assert "refused  topic 20: another row has the same key" in told
    assert len(board.topics) == 17


def test_only_who_runs_the_cohort_imports(tmp_path):
    session = make_session()
    make_seat(session.cohort, make_person("Anna Nowak", email="anna@office.example"))
    with pytest.raises(CommandError, match="no facilitator or organiser"):
        imported(W3C, session, email="anna@office.example")
