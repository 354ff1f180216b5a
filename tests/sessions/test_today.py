"""The first page: what comes next, when, and who is in the cohort."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from challenges.consultations.models import Asked, CheckIn, Commitment
from rooms.models import RoomKind, RoomState
from sessions import today
from sessions.models import Day
from sessions.queries import day_plan, session_near
from synergy.cohorts.models import Role
from tests.factories import (
    NOON,
    make_activity,
    make_cohort,
    make_institution,
    make_person,
    make_room,
    make_seat,
    make_training_session,
)
from tests.factories.consultations import make_consultation

WARSAW = ZoneInfo("Europe/Warsaw")


def at(clock, day=10):
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 2, day, hour, minute, tzinfo=WARSAW)


@pytest.fixture
def anna(db):
    person = make_person("Anna Nowak", time_zone="Europe/Warsaw")
    make_seat(make_cohort(), person, make_institution(country="PL"))
    return person


@pytest.fixture
def cohort(anna):
    return anna.seats.get().cohort


@pytest.fixture
def programme(cohort):
    """Day 3 of 3, with a room for every activity but the break."""
    session = make_training_session(cohort, number=5, title="Leading change", starts_on=date(2026, 2, 8))
    Day.objects.create(training_session=session, on=date(2026, 2, 10), title="Open Space")
    rooms = {
        "Plenary": make_room(cohort, "Plenary", kind=RoomKind.PLENARY, title="All of us"),
        "Amber": make_room(cohort, "Amber", title="What makes people share bad news?"),
    }
    make_activity(session, at("9:00"), 60, title="Opening circle", room=rooms["Plenary"])
    make_activity(session, at("10:00"), 15, title="Time to move")
    make_activity(session, at("10:15"), 45, title="Round 1", room=rooms["Amber"])
    make_activity(session, at("23:00", day=9), 30, title="Late on day 2", room=rooms["Plenary"])
    return rooms


def page_at(client, person, moment):
    with time_machine.travel(moment, tick=False):
        client.force_login(person)
        return client.get(reverse("home"))


def test_what_is_running_leads_to_its_room(client, anna, programme):
    page = page_at(client, anna, at("9:30")).content.decode()
    assert "Good morning, " in page
    assert "Today is Open Space." in page
    assert "day 3 of 3" in page
    assert f'class="btn main big" href="{reverse("rooms:room", args=[programme["Plenary"].pk])}"' in page
    assert "Late on day 2" not in page


def test_a_break_gives_way_to_what_follows(client, anna, programme):
    response = page_at(client, anna, at("10:03"))
    assert response.context["activity"].title == "Round 1"
    assert response.context["when"] == "Starts in 12 minutes"
    assert "What makes people share bad news?" in response.content.decode()


def test_after_the_last_activity_the_rooms_stay_open(client, anna, programme):
    page = page_at(client, anna, at("15:00")).content.decode()
    assert "The programme of today is over." in page
    assert reverse("rooms:room", args=[programme["Plenary"].pk]) in page


def test_before_the_session_the_page_says_when_it_starts(client, anna, programme):
    page = page_at(client, anna, at("9:00", day=1)).content.decode()
    assert "Starts on 8 February 2026." in page


def test_after_the_last_day_the_page_says_what_is_next(client, anna, cohort, programme):
    anna.seats.update(role=Role.FACILITATOR)
    last = page_at(client, anna, at("15:00")).content.decode()
    after = page_at(client, anna, at("9:00", day=11)).content.decode()
    assert ("Show the join code" in last, "Show the join code" in after) == (True, False)
    assert "Leading change is over." in after
    assert "No session is planned yet." not in after
    assert "The next session has no date yet." in after
    assert f'class="btn main big" href="{reverse("plans:list")}"' in after
    make_training_session(cohort, number=6, starts_on=date(2026, 4, 7))
    assert "Starts on 7 April 2026." in page_at(client, anna, at("9:00", day=11)).content.decode()


def test_after_the_last_day_the_page_says_when_a_commitment_comes_back(client, db):
    run = make_consultation()
    giver, ends_on = run.case_giver, run.day.session.ends_on
    promise = {"text": "Ask three offices", "language": "en", "due": ends_on, "by": giver, "at": NOON}
    commitment = Commitment.objects.create(consultation=run.consultation, **promise)
    CheckIn.objects.create(commitment=commitment, asked=Asked.DAYS_30, due=ends_on + timedelta(days=30))
    after = page_at(client, giver, datetime.combine(ends_on + timedelta(days=1), time(9), WARSAW))
    assert [line.text for line in after.context["ahead"]] == ["Ask three offices"]
    assert "Ask three offices" in after.content.decode()


def test_without_programme_there_is_still_a_page(client, anna):
    page = page_at(client, anna, at("9:00")).content.decode()
    assert "No session is planned yet." in page
    assert reverse("rooms:list") in page


def test_without_seat_the_page_says_how_to_get_one(client, db):
    page = page_at(client, make_person(), at("9:00")).content.decode()
    assert reverse("training:join") in page


def test_every_time_is_in_the_viewers_zone_first(client, anna, programme):
    anna.time_zone = "Europe/Riga"
    anna.save()
    page = page_at(client, anna, at("10:03")).content.decode()
    assert "your time, Riga time" in page
    assert ">11:15</time>" in page


def test_the_other_countries_clocks():
    there = today.elsewhere(at("10:15"), "PL", ["PL", "LV", "BG", "HU", "SK"])
    assert [(zone.countries, zone.clock) for zone in there] == [
        (["HU", "SK"], "10:15"),
        (["BG", "LV"], "11:15"),
    ]
    assert [zone.countries for zone in today.elsewhere(at("10:15"), "LV", ["LV", "BG"])] == [["BG"]]
    assert today.elsewhere(at("10:15"), "LV", ["LV"]) == []


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-1, "Now"),
        (0, "Now"),
        (1, "Starts in 1 minute"),
        (59, "Starts in 59 minutes"),
        (60, "Starts in about 1 hour"),
        (300, "Starts in about 5 hours"),
        (24 * 60, ""),
    ],
)
def test_how_far_away(db, minutes, words):
    now = at("9:00")
    assert today.when(make_activity(starts_at=now + timedelta(minutes=minutes)), now) == words


def test_seconds_before_the_start_count_as_a_minute(db):
    activity = make_activity(starts_at=at("9:00"))
    assert today.when(activity, at("9:00") - timedelta(seconds=1)) == "Starts in 1 minute"


@pytest.mark.parametrize(
    ("hour", "words"), [(3, "Welcome"), (4, "Good morning"), (11, "Good day"), (18, "Good evening")]
)
def test_greetings(hour, words):
    assert today.greeting(at(f"{hour}:00")) == words


def test_a_day_is_that_of_the_viewer(cohort, programme):
    session = cohort.training_sessions.get()
    in_riga = day_plan(session, date(2026, 2, 10), ZoneInfo("Europe/Riga"))
    assert in_riga.activities[0].title == "Late on day 2"
    assert day_plan(session, date(2026, 2, 11), WARSAW) is None
    assert day_plan(session, date(2026, 2, 8), WARSAW).number == 1


def test_the_session_that_is_near(cohort):
    sessions = [make_training_session(cohort, starts_on=date(2026, month, 1)) for month in (1, 3, 5)]
    near = [session_near(cohort.pk, date(2026, month, 2)) for month in (1, 2, 4, 6)]
    assert near == [sessions[0], sessions[1], sessions[2], sessions[2]]
    assert session_near(make_cohort().pk, date(2026, 1, 1)) is None


def test_people_by_country(cohort, anna):
    bg = make_institution(country="BG")
    for _person in range(2):
        make_seat(cohort, institution=bg)
    make_seat(cohort, institution=make_institution(country="LV"))
    groups = today.by_country(cohort.seats.select_related("person", "institution"))
    assert [(group.country, len(group.seats)) for group in groups] == [("BG", 2), ("LV", 1), ("PL", 1)]


def test_rooms_with_news_come_first_and_archived_ones_not_at_all(client, anna, cohort):
    from rooms.actions import post_message
    from rooms.queries import room_for

    names = ("Amber", "Linden", "Old")
    rooms = {name: make_room(cohort, name, position=position) for position, name in enumerate(names)}
    other = make_seat(cohort).person
    post_message(person=other, room=room_for(other, rooms["Linden"].pk), text="Hello", now=at("9:00"))
    rooms["Old"].state = RoomState.ARCHIVED
    rooms["Old"].save()
    shown = page_at(client, anna, at("9:30")).context["rooms"]
    assert [(room.name, room.unread) for room in shown] == [("Linden", 1), ("Amber", 0)]


@pytest.mark.parametrize(
    ("role", "invites", "shows", "button"),
    [
        ("participant", False, False, "Join the room"),
        ("facilitator", False, True, "Join the room"),
        ("organiser", True, True, "Join the room"),
        ("observer", False, False, "Read along"),
    ],
)
def test_who_is_offered_what(client, anna, programme, role, invites, shows, button):
    seat = anna.seats.get()
    seat.role = Role(role)
    seat.save()
    page = page_at(client, anna, at("9:30")).content.decode()
    assert (reverse("cohorts:people", args=[seat.cohort_id]) in page) == invites
    assert ("Show the join code" in page) == shows
    assert [words for words in ("Join the room", "Read along") if words in page] == [button]


def test_the_page_is_read_at_once(client, anna, cohort, programme):
    office = make_institution()
    session = cohort.training_sessions.get()
    page_at(client, anna, at("9:30"))
    counts = []
    for rows in (1, 3):
        for row in range(rows):
            make_seat(cohort, institution=office)
            make_room(cohort)
            make_activity(session, datetime(2026, 2, 10, 9 + row, tzinfo=UTC), room=programme["Amber"])
        with time_machine.travel(at("9:31"), tick=False), CaptureQueriesContext(connection) as found:
            client.get(reverse("home"))
        counts.append(len(found))
    assert counts[0] == counts[1]
    assert counts[0] <= 31
