"""The page: what it shows of what was found, its states, and how often it may be asked."""

import pytest

from rooms.actions import post_message
from rooms.queries import room_for
from synergy.cohorts.models import Role
from synergy.live.limits import Rate
from synergy.search import views
from tests.factories import NOON, make_cohort, make_institution, make_person, make_room, make_seat

pytestmark = pytest.mark.once


@pytest.fixture
def house(db, client):
    cohort = make_cohort()
    person = make_person("Elżbieta Łoś")
    make_seat(cohort, person, make_institution("Urząd"), Role.PARTICIPANT)
    client.force_login(person)
    room = make_room(cohort, "Łódź")

    def say(*texts):
        for text in texts:
            post_message(person=person, room=room_for(person, room.pk), text=text, now=NOON, lang="pl")

    def ask(**asked):
        answer = client.get("/search/", asked)
        return answer, answer.content.decode()

    return say, ask, room


def test_what_was_found_is_marked_escaped_and_leads_there(house):
    say, ask, room = house
    say('<script>alert("1")</script> Współpraca & Łódź')
    _answer, page = ask(q="lodz WSPOLPRACA")
    assert "<title>Search for “lodz WSPOLPRACA”: 1 result · Synergy</title>" in page
    assert "<mark>Współpraca</mark> &amp; <mark>Łódź</mark>" in page
    assert "<script>alert" not in page
    assert f'href="/rooms/{room.pk}/?around=1#m1"' in page
    assert '<p class="small" lang="pl">' in page
    assert "Elżbieta Łoś</a>" in page


def test_kinds_pages_and_counts_with_a_limit(house, monkeypatch):
    say, ask, _room = house
    say(*(f"kolejna {number}" for number in range(25)))
    _answer, page = ask(q="kolejna")
    assert page.count("<mark>") == views.FEW
    assert "25 results" in page
    assert "All 25 under “Messages”" in page
    _answer, page = ask(q="kolejna", kind="message")
    assert page.count("<mark>") == views.PAGE
    assert 'href="?q=kolejna&amp;kind=message&amp;page=2"' in page
    for odd in ("2", "9", "999999999", "x", "-1"):
        _answer, page = ask(q="kolejna", kind="message", page=odd)
        assert page.count("<mark>") == (5 if odd.isdecimal() else views.PAGE)
    _answer, page = ask(q="kolejna", kind="room")
    assert "Nothing found under “Rooms”. There is something under the others." in page
    monkeypatch.setattr("synergy.search.finding.MOST", 10)
    _answer, page = ask(q="kolejna")
    assert "more than 10 results" in page
    assert "All 10+ under “Messages”" in page


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({}, "You need neither capital letters nor accents"),
        ({"q": "  "}, "You need neither capital letters nor accents"),
        ({"q": "a"}, "Write a word of at least two letters."),
        ({"q": "nowhere"}, "Nothing found among what you may open."),
        ({"q": "x" * 5000}, "Nothing found among what you may open."),
        ({"q": "\0ab' OR 1=1 --"}, "Nothing found among what you may open."),
        ({"q": '"><b>ab'}, "&quot;&gt;&lt;b&gt;ab"),
    ],
)
def test_the_states_without_results(house, asked, says):
    _say, ask, _room = house
    answer, page = ask(**asked)
    assert answer.status_code == 200
    assert says in page


def test_a_search_stands_on_every_page_and_is_for_people_who_are_signed_in(house, client):
    page = client.get("/rooms/").content.decode()
    assert 'action="/search/"' in page
    client.logout()
    assert client.get("/search/?q=abc").headers["Location"].startswith("/accounts/login/")
    assert 'action="/search/"' not in client.get("/accounts/login/").content.decode()


def test_who_asks_very_often_waits(house, monkeypatch):
    _say, ask, _room = house
    monkeypatch.setattr(views, "RATE", Rate(per_second=0.001, burst=2))
    assert [ask(q="abc")[0].status_code for _ in range(3)] == [200, 200, 429]
    assert ask()[0].status_code == 200  # the empty page costs nothing
